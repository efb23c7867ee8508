import { causeSchema, severitySchema } from "@leeway/core/records";
import { silenceWords } from "@leeway/core/silences";
import { causeWords, severityWords } from "@leeway/core/words";
import { listModelNames } from "@leeway/store";
import type { Metadata } from "next";
import { server } from "../../../server/composition.ts";
import { now } from "../../../server/now.ts";
import { requirePrincipal } from "../../../server/principal.ts";
import { loadSilences } from "../../../server/silences.ts";
import { EmptyList } from "../../../ui/empty-list.tsx";
import { Instant } from "../../../ui/instant.tsx";
import { Link } from "../../../ui/link.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { readAddress } from "../../../view/page-address.ts";
import { EndSilenceButton } from "./end-silence-button.tsx";
import { SilenceForm } from "./silence-form.tsx";
import styles from "./silences.module.css";

export const metadata: Metadata = { title: "Silences" };

const STATES = { active: "Active", waiting: "Waiting", over: "Over" } as const;
const SHOWN_INCIDENTS = 5;

/** SilencesPage lists the silences with what each kept back, and makes new ones. */
export default async function SilencesPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const principal = await requirePrincipal();
  const address = readAddress(await props.searchParams, ["model", "cause", "feature"]);
  const [silences, models] = await Promise.all([
    loadSilences(principal),
    listModelNames(server().store, principal.project),
  ]);
  const time = now();
  const mayChange = principal.role === "admin";
  return (
    <>
      <PageHead
        title="Silences"
        sentence="A silence keeps matching incidents from notifying people. They still open, and they can be seen here."
      />
      {mayChange && (
        <Panel id="new-silence" title="New silence">
          <SilenceForm
            models={models}
            causes={causeSchema.options.map((value) => ({ value, words: causeWords(value) }))}
            severities={severitySchema.options.map((value) => ({ value, words: severityWords(value) }))}
            chosen={{
              model: address["model"] ?? "",
              cause: causeSchema.safeParse(address["cause"]).data ?? "",
              feature: address["feature"] ?? "",
            }}
          />
        </Panel>
      )}
      {silences.length === 0 ? (
        <EmptyList>No silence was made yet.</EmptyList>
      ) : (
        <ul className={styles["list"]}>
          {silences.map((silence) => {
            const { what, hours } = silenceWords(silence);
            const { notifications, incidents } = silence.kept;
            return (
              <li key={silence.id} className={styles["silence"]} data-state={silence.state}>
                <div className={styles["head"]}>
                  <span className={styles["state"]} data-state={silence.state}>
                    {STATES[silence.state]}
                  </span>
                  <h2 className={styles["what"]}>{what}</h2>
                  {mayChange && silence.state !== "over" && <EndSilenceButton id={silence.id} what={what} />}
                </div>
                <p className={styles["facts"]}>
                  <Instant time={silence.starts_at} now={time} precise /> to{" "}
                  <Instant time={silence.ends_at} now={time} precise />
                  {hours !== undefined && `, ${hours}`}
                </p>
                <p className={styles["comment"]}>
                  {silence.comment} <span className={styles["by"]}>({silence.created_by})</span>
                </p>
                <p className={styles["facts"]}>
                  {notifications === 0
                    ? "Kept back nothing so far."
                    : `Kept back ${notifications === 1 ? "one notification" : `${notifications} notifications`}: `}
                  {incidents.slice(0, SHOWN_INCIDENTS).map(({ id, title }, index) => (
                    <span key={id}>
                      {index > 0 && "; "}
                      <Link href={`/incidents/${id}`}>{title}</Link>
                    </span>
                  ))}
                  {incidents.length > SHOWN_INCIDENTS && `; and ${incidents.length - SHOWN_INCIDENTS} more`}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
