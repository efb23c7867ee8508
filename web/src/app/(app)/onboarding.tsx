import styles from "./onboarding.module.css";

/** Onboarding shows the few lines that send a first prediction and its label. */
export function Onboarding({ ingestUrl }: { ingestUrl: string }) {
  return (
    <ol className={styles["steps"]}>
      <li>
        <h2>Have a key with the scope “ingest”</h2>
        <p>
          The one printed when Leeway was started for the first time will do. Give it to your service as{" "}
          <code>LEEWAY_API_KEY</code>; keys begin with <code>lw_</code>.
        </p>
      </li>
      <li>
        <h2>Add five lines to your inference service</h2>
        <pre className={styles["code"]}>
          <code>{snippet(ingestUrl)}</code>
        </pre>
        <p>Recording costs microseconds, never throws into your service and never keeps it alive.</p>
      </li>
      <li>
        <h2>Or try it from a terminal</h2>
        <pre className={styles["code"]}>
          <code>{curl(ingestUrl)}</code>
        </pre>
      </li>
    </ol>
  );
}

function snippet(url: string): string {
  return `import { createLeeway } from "@leeway/sdk";

const leeway = createLeeway({ url: "${url}", apiKey: process.env.LEEWAY_API_KEY, model: "my-model", version: "1" });

const id = leeway.predict({ features, prediction: { score }, latencyMs });
// hours or days later, when the truth is known:
leeway.label({ predictionId: id, label: wasLate });`;
}

function curl(url: string): string {
  return `curl ${url}/v1/predictions -H "authorization: Bearer $LEEWAY_API_KEY" -H "content-type: application/json" \\
  -d '{"predictions":[{"id":"1","timestamp":"'$(date -u +%FT%TZ)'","model":"my-model","version":"1",
       "features":{"distance":612,"carrier":"AA"},"prediction":{"score":0.21}}]}'`;
}
