import type { BreakdownGroup, MetricValue } from "@leeway/core/evaluation";
import { metricName } from "./metric-words.ts";
import { ABSENT, formatCount, formatMetric, formatPercent } from "./number-words.ts";
import { definedMetrics, leadingMetric } from "./performance-lane.ts";

/** BreakdownColumn is one column of a breakdown as the page shows it. */
export interface BreakdownColumn {
  header: string;
  numeric: boolean;
}

/** BreakdownTable is a version's predictions by the values of one tag or feature, in words and formatted numbers. */
export interface BreakdownTable {
  columns: BreakdownColumn[];
  rows: { key: string; cells: string[] }[];
  /** Metric that the table shows; undefined where no labels have come. */
  metric: string | undefined;
}

/**
 * breakdownTable returns the rows of a breakdown: how many, what came out, how often it was labelled and, where labels have come, the leading metric with its
 * interval beside the reference's. Columns that say nothing of any group are left out.
 */
export function breakdownTable(groups: readonly BreakdownGroup[], asked: string | undefined): BreakdownTable {
  const metric = leadingMetric([...new Set(groups.flatMap(({ metrics }) => definedMetrics(metrics)))], asked);
  const isLabelled = groups.some(({ labelled }) => labelled > 0);
  const hasPositives = groups.some(({ metrics }) => (metrics["positive_rate"]?.value ?? null) !== null);
  const hasOutputs = groups.some(({ output_mean }) => output_mean.value !== null);
  const hasFailures = groups.some(({ failure_rate }) => (failure_rate.value ?? 0) > 0);
  const number = (header: string, isShown: boolean, cell: (group: BreakdownGroup) => string) =>
    isShown ? [{ header, numeric: true, cell }] : [];
  const columns = [
    { header: "Value", numeric: false, cell: valueWords },
    ...number("Predictions", true, ({ requests }) => formatCount(requests)),
    ...number("Share", true, ({ share }) => formatPercent(share)),
    ...number("Failed", hasFailures, ({ failure_rate }) => formatPercent(failure_rate.value)),
    ...number("Mean output", hasOutputs, ({ output_mean }) => formatMetric(output_mean.value)),
    ...number("Reference’s mean output", hasOutputs, ({ output_mean }) =>
      formatMetric(output_mean.reference),
    ),
    ...number("Labelled", true, ({ labelled, label_coverage }) =>
      labelled > 0 ? `${formatCount(labelled)} (${formatPercent(label_coverage, 0)})` : formatCount(0),
    ),
    ...number("Positive rate", hasPositives, ({ metrics }) => formatPercent(metrics["positive_rate"]?.value)),
    ...(metric === undefined || !isLabelled
      ? []
      : [
          ...number(metricName(metric), true, ({ metrics }) => formatMetric(metrics[metric]?.value)),
          ...number("95 % interval", true, ({ metrics }) => intervalWords(metrics[metric])),
          ...number(`Reference’s ${nameInside(metric)}`, true, ({ metrics }) =>
            formatMetric(metrics[metric]?.reference),
          ),
        ]),
  ];
  return {
    metric,
    columns: columns.map(({ header, numeric }) => ({ header, numeric })),
    rows: groups.map((group) => ({
      key: `${group.group} ${group.value ?? ""}`,
      cells: columns.map(({ cell }) => cell(group)),
    })),
  };
}

function valueWords({ group, value }: BreakdownGroup): string {
  switch (group) {
    case "value":
      return value === null || value === "" ? "(empty)" : value;
    case "rest":
      return "All other values";
    case "missing":
      return "Without one";
    default:
      return group satisfies never;
  }
}

function intervalWords(metric: MetricValue | undefined): string {
  if (metric === undefined || metric.ci_low === null || metric.ci_high === null) return ABSENT;
  return `${formatMetric(metric.ci_low)} to ${formatMetric(metric.ci_high)}`;
}

// Abbreviations and people keep their capitals; words lose theirs inside a phrase.
function nameInside(metric: string): string {
  const name = metricName(metric);
  return /^(?!Brier|Matthews)[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
