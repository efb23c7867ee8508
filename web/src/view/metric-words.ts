const NAMES: Record<string, string> = {
  log_loss: "Log loss",
  mae: "Mean absolute error",
  rmse: "Root mean squared error",
  mape: "Mean absolute percentage error",
  r2: "R²",
  roc_auc: "ROC AUC",
  pr_auc: "PR AUC",
  auc: "ROC AUC",
  brier: "Brier score",
  ece: "Expected calibration error",
  f1: "F1",
  matthews: "Matthews correlation",
};
const LOWER_IS_BETTER = new Set(["log_loss", "mae", "rmse", "mape", "brier", "ece"]);

/** metricName returns a metric's name as people write it (`log_loss` is `Log loss`). */
export function metricName(metric: string): string {
  const known = NAMES[metric];
  if (known !== undefined) return known;
  const words = metric.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** metricDirection returns which way is better, in words, or undefined where neither is (a rate, a bias). */
export function metricDirection(metric: string): "lower is better" | "higher is better" | undefined {
  if (LOWER_IS_BETTER.has(metric)) return "lower is better";
  return /accuracy|precision|recall|f1|auc|r2/.test(metric) ? "higher is better" : undefined;
}
