import type { Metadata } from "next";
import { loadObjectives } from "../../../server/load-objectives.ts";
import { requirePrincipal } from "../../../server/principal.ts";
import { Age } from "../../../ui/age.tsx";
import { AutoRefresh } from "../../../ui/auto-refresh.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { EmptyList } from "../../../ui/empty-list.tsx";
import formStyles from "../../../ui/form.module.css";
import { Link } from "../../../ui/link.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { monitorScope, objectiveWords } from "../../../view/monitor-words.ts";
import { ABSENT, formatCount, formatPercent } from "../../../view/number-words.ts";
import { alertRules, budgetWords } from "../../../view/objective-words.ts";
import styles from "./objectives.module.css";

export const metadata: Metadata = { title: "Objectives" };

/** ObjectivesPage lists the latency objectives, least error budget first: what is kept, what is left, how fast it goes, and what would alert. */
export default async function ObjectivesPage() {
  const principal = await requirePrincipal();
  const { objectives, madeAt } = await loadObjectives(principal);
  return (
    <>
      <PageHead
        title="Objectives"
        sentence="A latency objective promises a share of good requests over a period. What it allows to be bad is the error budget; an alert comes from how fast that is spent."
        aside={
          <>
            {principal.role === "admin" && (
              <Link className={formStyles["main"] ?? ""} href="/monitors/new?kind=latency_slo">
                New objective
              </Link>
            )}
            <AutoRefresh madeAt={madeAt} seconds={10} />
          </>
        }
      />
      {objectives.length === 0 && (
        <EmptyList>
          There is no objective yet. Leeway proposes one by itself once a model’s predictions carry{" "}
          <code>latency_ms</code>.
        </EmptyList>
      )}
      {objectives.map(({ monitor, standings }) => (
        <Panel
          key={monitor.id}
          id={`objective-${encodeURIComponent(monitor.id)}`}
          title={monitor.model}
          note={monitor.objective === undefined ? "" : objectiveWords(monitor.objective)}
        >
          <div className={styles["objective"]}>
            <p className={styles["scope"]}>
              {monitorScope(monitor)}
              {monitor.enabled ? "" : "; switched off"} ·{" "}
              <Link href={`/monitors/${encodeURIComponent(monitor.id)}`}>
                {principal.role === "admin" ? "Change it" : "Open it"}
              </Link>{" "}
              · <Link href={`/models/${encodeURIComponent(monitor.model)}#objective`}>Open the model</Link>
            </p>
            {standings.length === 0 ? (
              <p className={styles["soft"]}>It was not judged in the last 30 days.</p>
            ) : (
              <DataTable
                caption={`Where the objective of ${monitor.model} stands`}
                columns={[
                  { header: "Version" },
                  { header: "Kept", numeric: true },
                  { header: "Error budget left", numeric: true },
                  ...burnWindows(standings).map((window) => ({ header: `Burn ${window}`, numeric: true })),
                  { header: "Requests", numeric: true },
                  { header: "Judged", numeric: true },
                ]}
                rows={standings.map(({ version, judgedAt, slo }) => ({
                  key: version,
                  cells: [
                    version,
                    formatPercent(slo.achieved, 2),
                    <span
                      key="budget"
                      className={(slo.budget_left ?? 1) < 0 ? styles["overspent"] : undefined}
                    >
                      {budgetWords(slo)}
                    </span>,
                    ...burnWindows(standings).map((window) => {
                      const burn = slo.burn_rates.find((one) => one.window === window)?.burn_rate ?? null;
                      return burn === null ? ABSENT : `${burn.toFixed(2)} ×`;
                    }),
                    formatCount(slo.total),
                    <Age key="judged" time={judgedAt} now={madeAt} />,
                  ],
                }))}
              />
            )}
            {standings[0] !== undefined && <p>{standings[0].slo.reason}</p>}
            {monitor.objective !== undefined && (
              <details>
                <summary>What would alert</summary>
                <ul className={styles["rules"]}>
                  {alertRules(monitor.objective).map(({ name, condition, severity, never }) => (
                    <li key={name}>
                      <strong>
                        {name} ({severity})
                      </strong>
                      : {never ?? condition}
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </div>
        </Panel>
      ))}
    </>
  );
}

function burnWindows(standings: readonly { slo: { burn_rates: readonly { window: string }[] } }[]): string[] {
  return [...new Set(standings.flatMap(({ slo }) => slo.burn_rates.map(({ window }) => window)))];
}
