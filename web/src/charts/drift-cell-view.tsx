import type { TextDrift } from "@leeway/core/evaluation";
import { X } from "lucide-react";
import { DistributionTable } from "../ui/distribution-table.tsx";
import type { DriftCellDetail } from "../view/drift-cell-detail.ts";
import { formatWindow } from "../view/format-time.ts";
import { formatCount, formatMetric, formatPercent, formatPValue } from "../view/number-words.ts";
import styles from "./drift-panel.module.css";

const OUTCOMES = {
  ok: "No drift",
  drifted: "Drifted",
  insufficient_data: "Too little data to judge",
  not_defined: "Can’t be judged",
} as const;

/** DriftCellView shows one feature in one window: the verdict with its reason, both distributions, and every number it was made from. */
export function DriftCellView(props: { detail: DriftCellDetail; now: number; onClose: () => void }) {
  const { detail } = props;
  const { drift } = detail;
  const name = detail.isPrediction ? "Model output" : detail.feature;
  const window = formatWindow(detail.start, detail.end, props.now);
  return (
    <section className={styles["cell"]} aria-label={`${name}, ${window}`}>
      <div className={styles["cellHead"]}>
        <div>
          <h4>
            {name} <span className={styles["cellWindow"]}>{window} UTC</span>
          </h4>
          <p className={styles["verdict"]} data-outcome={drift.outcome}>
            <strong>{OUTCOMES[drift.outcome]}.</strong> {drift.reason}
          </p>
        </div>
        <button
          type="button"
          className={styles["close"]}
          onClick={props.onClose}
          aria-label="Close this cell"
        >
          <X size={18} aria-hidden="true" />
        </button>
      </div>
      <div className={styles["cellBody"]}>
        <div>
          {drift.type === "embedding" ? (
            <p className={styles["baseline"]}>
              Vectors have no distribution to draw; the numbers are of {formatCount(drift.count)} of them.
            </p>
          ) : (
            <DistributionTable
              caption={`Distribution of ${name}: reference and window`}
              windowName={`Window, ${formatCount(drift.count)} values`}
              distribution={drift.distribution}
            />
          )}
          {drift.baseline !== undefined && (
            <p className={styles["baseline"]}>
              The bars show the whole reference; {name} has a rhythm, so the verdict holds it against the
              reference’s {drift.baseline.slot} alone.
            </p>
          )}
        </div>
        <dl className={styles["numbers"]}>
          {numbersOf(detail).map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

function psiRows({ drift, isFixed }: DriftCellDetail): [string, string][] {
  const { psi, psi_p_value, threshold, baseline } = drift;
  const bar: [string, string] = [`Threshold (${isFixed ? "fixed" : "calibrated"})`, formatMetric(threshold)];
  if (baseline === undefined) {
    return [["PSI", formatMetric(psi)], bar, ["p of this PSI without drift", formatPValue(psi_p_value)]];
  }
  return [
    [`PSI against the reference’s ${baseline.slot}`, formatMetric(baseline.psi)],
    bar,
    ["p of this PSI without drift", formatPValue(baseline.psi_p_value)],
    ["PSI against the whole reference", formatMetric(psi)],
  ];
}

function textRow(text: TextDrift): [string, string] {
  const { statistic, mean, reference_mean } = text;
  const format = (value: number) => (statistic === "words" ? formatMetric(value) : formatPercent(value));
  return [
    `Texts: ${statistic.replaceAll("_", " ")}`,
    `${format(mean)} (reference ${format(reference_mean)}), p ${formatPValue(text.p_calibrated)}`,
  ];
}

const EMBEDDING_TESTS = {
  centroid: "Distance of the means / spread",
  mmd: "Maximum mean discrepancy",
  missing: "Change of the share missing",
} as const;

function embeddingRows({ drift, count, isFixed }: DriftCellDetail): [string, string][] {
  return [
    ["Predictions in the window", formatCount(count)],
    ...(isFixed
      ? [["Threshold of the discrepancy (fixed)", formatMetric(drift.threshold)] as [string, string]]
      : []),
    ...(drift.embedding?.tests ?? []).map(({ test, size, p_calibrated }): [string, string] => [
      EMBEDDING_TESTS[test],
      `${formatMetric(size)}, p ${formatPValue(p_calibrated)}`,
    ]),
    ["p adjusted over the features", formatPValue(drift.p_adjusted)],
    ["Missing", `${formatPercent(drift.null_rate)} (reference ${formatPercent(drift.reference_null_rate)})`],
    ["Of another length", formatPercent(drift.wrong_type_rate)],
  ];
}

function numbersOf(detail: DriftCellDetail): [string, string][] {
  const { drift, count } = detail;
  if (drift.type === "embedding") return embeddingRows(detail);
  const rows: [string, string][] = [
    ["Predictions in the window", formatCount(count)],
    ...psiRows(detail),
    ["p adjusted over the features", formatPValue(drift.p_adjusted)],
    ["Jensen–Shannon distance", formatMetric(drift.js_distance)],
    ["Missing", `${formatPercent(drift.null_rate)} (reference ${formatPercent(drift.reference_null_rate)})`],
  ];
  if (drift.ks_statistic !== undefined) {
    rows.push([
      "Kolmogorov–Smirnov",
      `${formatMetric(drift.ks_statistic)}, p ${formatPValue(drift.ks_p_value)}`,
    ]);
  }
  if (drift.wasserstein_normalized !== undefined) {
    rows.push(["Wasserstein / reference SD", formatMetric(drift.wasserstein_normalized)]);
  }
  if (drift.chi2_statistic !== undefined) {
    rows.push(["χ²", `${formatMetric(drift.chi2_statistic)}, p ${formatPValue(drift.chi2_p_value)}`]);
  }
  if (drift.mean !== undefined) {
    rows.push(["Mean", `${formatMetric(drift.mean)} (reference ${formatMetric(drift.reference_mean)})`]);
  }
  if (drift.text !== undefined) rows.push(textRow(drift.text));
  if (drift.out_of_range_rate !== undefined) {
    rows.push(["Outside the reference’s range", formatPercent(drift.out_of_range_rate)]);
  }
  if (drift.wrong_type_rate > 0) rows.push(["Of another type", formatPercent(drift.wrong_type_rate)]);
  if (drift.unseen_rate !== undefined && drift.reference_unseen_rate !== undefined) {
    rows.push([
      "New to the reference",
      `${formatPercent(drift.unseen_rate)} (usual ${formatPercent(drift.reference_unseen_rate)})`,
    ]);
  }
  const unseen = drift.new_categories ?? [];
  if (unseen.length > 0) {
    const names = unseen.slice(0, 3).map(({ name, share }) => `${name} (${formatPercent(share)})`);
    rows.push([
      "New categories",
      names.join(", ") + (unseen.length > 3 ? ` and ${unseen.length - 3} more` : ""),
    ]);
  }
  return rows;
}
