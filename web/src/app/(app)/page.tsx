import { loadFirstSteps } from "../../server/load-first-steps.ts";
import { loadOverview } from "../../server/overview.ts";
import { requirePrincipal } from "../../server/principal.ts";
import { AutoRefresh } from "../../ui/auto-refresh.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { overviewSentence } from "../../view/overview-row.ts";
import { ModelCard } from "./model-card.tsx";
import { Onboarding } from "./onboarding.tsx";
import styles from "./overview.module.css";

/** OverviewPage lists every model, worst first; without any model it shows how to send the first prediction. */
export default async function OverviewPage() {
  const principal = await requirePrincipal();
  const { rows, useful, madeAt, ingestUrl } = await loadOverview(principal);
  if (rows.length === 0) {
    const steps = await loadFirstSteps(principal);
    return (
      <>
        <PageHead
          title="Waiting for the first prediction"
          sentence="This page fills by itself as soon as one arrives."
          aside={<AutoRefresh madeAt={madeAt} seconds={3} always />}
        />
        <Onboarding ingestUrl={ingestUrl} steps={steps} now={madeAt} />
      </>
    );
  }
  return (
    <>
      <PageHead
        title="Models"
        sentence={overviewSentence(rows) + (useful === undefined ? "" : ` ${useful}.`)}
        aside={<AutoRefresh madeAt={madeAt} seconds={10} />}
      />
      <ul className={styles["list"]}>
        {rows.map((row) => (
          <li key={row.model}>
            <ModelCard row={row} now={madeAt} />
          </li>
        ))}
      </ul>
    </>
  );
}
