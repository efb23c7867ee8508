import type { SloWindow } from "@leeway/core/evaluation";
import { DataTable } from "../../../../ui/data-table.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { formatSpan } from "../../../../view/format-time.ts";
import { ABSENT, formatCount, formatMilliseconds, formatPercent } from "../../../../view/number-words.ts";
import styles from "./sections.module.css";

/** ObjectivePanel is the latency objective of a version: what was promised, what was kept, and how much error budget is left. */
export function ObjectivePanel({ slo }: { slo: SloWindow | undefined }) {
  if (slo === undefined) {
    return (
      <Panel id="objective" title="Latency objective">
        <p className={styles["empty"]}>
          No objective has been judged yet: it needs predictions that carry <code>latency_ms</code>.
        </p>
      </Panel>
    );
  }
  const { objective } = slo;
  const isOverspent = slo.budget_left !== null && slo.budget_left < 0;
  return (
    <Panel
      id="objective"
      title="Latency objective"
      note={`${formatPercent(objective.target, 1)} of requests within ${formatMilliseconds(objective.threshold_ms)}, over ${formatSpan(objective.period_ms)}`}
    >
      <dl className={styles["facts"]}>
        <Fact term="Objective" value={formatPercent(objective.target, 2)} />
        <Fact
          term="Achieved"
          value={formatPercent(slo.achieved, 2)}
          hint={`${formatCount(slo.good)} of ${formatCount(slo.total)} were good`}
        />
        <Fact
          term="Error budget left"
          value={slo.budget_left === null ? ABSENT : `${(slo.budget_left * 100).toFixed(0)} %`}
          hint={
            isOverspent
              ? "overspent"
              : slo.time_to_exhaustion_ms === null
                ? "not being spent now"
                : `lasts ${formatSpan(slo.time_to_exhaustion_ms)} at the present burn`
          }
          alarming={isOverspent}
        />
      </dl>
      <BudgetBar left={slo.budget_left} />
      <p className={styles["reason"]}>{slo.reason}</p>
      <DataTable
        caption="Burn rates by window"
        columns={[
          { header: "Window" },
          { header: "Burn rate", numeric: true },
          { header: "Slow or failed", numeric: true },
          { header: "Requests", numeric: true },
        ]}
        rows={slo.burn_rates.map((rate) => ({
          key: rate.window,
          cells: [
            rate.window,
            rate.burn_rate === null ? ABSENT : `${rate.burn_rate.toFixed(2)} ×`,
            formatCount(rate.total - rate.good),
            formatCount(rate.total),
          ],
        }))}
      />
    </Panel>
  );
}

function Fact(props: { term: string; value: string; hint?: string; alarming?: boolean }) {
  return (
    <div>
      <dt>{props.term}</dt>
      <dd className={props.alarming === true ? styles["alarming"] : undefined}>{props.value}</dd>
      {props.hint !== undefined && <dd className={styles["hint"]}>{props.hint}</dd>}
    </div>
  );
}

function BudgetBar({ left }: { left: number | null }) {
  if (left === null) return null;
  const share = Math.max(0, Math.min(1, left));
  return (
    <div
      className={styles["budget"]}
      role="img"
      aria-label={`${Math.round(left * 100)} % of the error budget is left`}
    >
      <span
        style={{ width: `${share * 100}%` }}
        className={left < 0.25 ? styles["budgetLow"] : styles["budgetGood"]}
      />
    </div>
  );
}
