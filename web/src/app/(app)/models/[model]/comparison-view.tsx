import { DataTable } from "../../../../ui/data-table.tsx";
import type { VersionPair } from "../../../../view/model-page.ts";
import { formatCount, formatMetric, formatPercent } from "../../../../view/number-words.ts";
import styles from "./sections.module.css";

const LOSSES: Record<string, string> = {
  log_loss: "Log loss",
  brier: "Brier score",
  error_rate: "Error rate",
  absolute_error: "Absolute error",
  squared_error: "Squared error",
};

/** ComparisonView says whether one version is better than another on the same mature labels, and shows the differences with their intervals; `range` names the time. */
export function ComparisonView({ comparison, range }: { comparison: VersionPair; range: string }) {
  const { baseline, candidate, result } = comparison;
  const losses = Object.entries(result.losses).flatMap(([name, one]) =>
    one?.outcome === "ok" ? [{ name, one }] : [],
  );
  return (
    <div className={styles["comparison"]}>
      <h3>
        Version {candidate} against version {baseline}, {range}
      </h3>
      <p className={styles["verdict"]} data-verdict={result.verdict}>
        {sentence(result.reason)}
      </p>
      {losses.length > 0 && (
        <DataTable
          caption={`Differences of version ${candidate} to version ${baseline} on the same labels`}
          columns={[
            { header: "Loss" },
            { header: `Version ${baseline}`, numeric: true },
            { header: `Version ${candidate}`, numeric: true },
            { header: "Difference", numeric: true },
            { header: "95 % interval", numeric: true },
            { header: "Where it lies" },
            { header: "Labels", numeric: true },
          ]}
          rows={losses.map(({ name, one }) => ({
            key: name,
            cells: [
              LOSSES[name] ?? name,
              formatMetric(one.baselineLoss),
              formatMetric(one.candidateLoss),
              signed(one.difference),
              `${signed(one.interval.low)} to ${signed(one.interval.high)}`,
              <IntervalBar
                key="bar"
                value={one.difference}
                low={one.interval.low}
                high={one.interval.high}
              />,
              `${formatCount(one.rows)} in ${one.windows} windows`,
            ],
          }))}
        />
      )}
      <p className={styles["note"]}>
        Differences are version {candidate} minus version {baseline}; below zero version {candidate} loses
        less. The intervals hold at every look, so one may look as often as labels come.
        {result.rocAuc.outcome === "ok" && (
          <>
            {" "}
            ROC AUC {formatMetric(result.rocAuc.aucBaseline)} → {formatMetric(result.rocAuc.aucCandidate)}{" "}
            (difference {signed(result.rocAuc.difference)}, 95 % interval {signed(result.rocAuc.interval.low)}{" "}
            to {signed(result.rocAuc.interval.high)}).
          </>
        )}
        {result.calibrationError !== null && (
          <>
            {" "}
            Mean prediction minus mean outcome: {formatPercent(Math.abs(result.calibrationError.baseline))}{" "}
            {side(result.calibrationError.baseline)} →{" "}
            {formatPercent(Math.abs(result.calibrationError.candidate))}{" "}
            {side(result.calibrationError.candidate)} (95 % interval of the difference{" "}
            {signedShare(result.calibrationError.interval.low)} to{" "}
            {signedShare(result.calibrationError.interval.high)}
            ).
          </>
        )}
      </p>
    </div>
  );
}

/** IntervalBar draws an interval around zero, so that one sees at a glance whether it excludes it. */
function IntervalBar(props: { value: number; low: number; high: number }) {
  const reach = Math.max(Math.abs(props.low), Math.abs(props.high)) * 1.15 || 1;
  const x = (value: number) => 60 + (value / reach) * 58;
  const isDecided = props.low > 0 || props.high < 0;
  return (
    <svg
      width="120"
      height="16"
      viewBox="0 0 120 16"
      role="img"
      aria-label={isDecided ? "The interval excludes zero" : "The interval contains zero"}
    >
      <line x1="60" x2="60" y1="0" y2="16" stroke="var(--line-strong)" strokeDasharray="2 2" />
      <line
        x1={x(props.low)}
        x2={x(props.high)}
        y1="8"
        y2="8"
        stroke={isDecided ? "var(--series-1)" : "var(--reference)"}
        strokeWidth="3"
        strokeLinecap="round"
      />
      <circle cx={x(props.value)} cy="8" r="4" fill={isDecided ? "var(--series-1)" : "var(--reference)"} />
    </svg>
  );
}

function signed(value: number): string {
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${formatMetric(Math.abs(value))}`;
}

function signedShare(value: number): string {
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${formatPercent(Math.abs(value))}`;
}

function side(error: number): string {
  return error > 0 ? "too high" : error < 0 ? "too low" : "";
}

function sentence(reason: string): string {
  const text = reason.charAt(0).toUpperCase() + reason.slice(1);
  return text.endsWith(".") ? text : `${text}.`;
}
