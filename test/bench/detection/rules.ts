import type { DriftWindow, FeatureDrift } from "@leeway/core/evaluation";

/** Rule decides which features of a window it would raise an alarm for, from the published statistics alone. */
export interface Rule {
  name: string;
  /** Learns from the reference's own windows, where the rule does. */
  fit(referenceWindows: readonly DriftWindow[]): (window: DriftWindow) => string[];
}

type Test = (feature: FeatureDrift) => boolean;

const anyFeature =
  (test: Test) =>
  () =>
  (window: DriftWindow): string[] =>
    Object.entries(window.features)
      .filter(([, feature]) => test(feature))
      .map(([name]) => name);

const ksOrChiSquare =
  (level: number): Test =>
  (feature) =>
    (feature.ks_p_value ?? feature.chi2_p_value ?? 1) < level;

// Evidently's defaults above 1000 reference rows (legacy/calculations/stattests/registry.py): numeric: Wasserstein / σ ≥ 0.1;
// categorical: Jensen–Shannon distance in nats ≥ 0.1, which is √ln 2 times the one in bits. Nulls are dropped there.
const evidently: Test = (feature) =>
  feature.wasserstein_normalized === undefined
    ? (feature.js_distance ?? 0) * Math.sqrt(Math.LN2) >= 0.1
    : feature.wasserstein_normalized >= 0.1;

/** RULES are the comparison columns: common practice and the published defaults of two libraries (sources in docs/benchmarks.md). */
export const RULES: Rule[] = [
  { name: "PSI > 0.2", fit: anyFeature((feature) => (feature.psi ?? 0) > 0.2) },
  { name: "KS/χ² p < 0.05", fit: anyFeature(ksOrChiSquare(0.05)) },
  { name: "Evidently, column", fit: anyFeature(evidently) },
  {
    name: "Evidently, dataset",
    fit: () => (window) => {
      const flagged = anyFeature(evidently)()(window);
      return flagged.length >= 0.5 * Object.keys(window.features).length ? flagged : [];
    },
  },
  { name: "NannyML", fit: fitNannyMl },
];

// NannyML's defaults (drift/univariate/calculator.py, thresholds.py): Jensen–Shannon per column, upper limit mean + 3 standard
// deviations (ddof 0) over the reference's chunks, which are scored against the reference that contains them.
function fitNannyMl(referenceWindows: readonly DriftWindow[]): (window: DriftWindow) => string[] {
  const limits = new Map<string, number>();
  for (const name of Object.keys(referenceWindows[0]?.features ?? {})) {
    const values = referenceWindows.map((window) => window.features[name]?.js_distance ?? 0);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    limits.set(name, mean + 3 * Math.sqrt(variance));
  }
  return (window) =>
    Object.entries(window.features)
      .filter(
        ([name, feature]) => (feature.js_distance ?? 0) > (limits.get(name) ?? Number.POSITIVE_INFINITY),
      )
      .map(([name]) => name);
}
