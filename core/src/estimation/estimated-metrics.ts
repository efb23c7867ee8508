/** ESTIMATED_METRICS are the metrics that are estimated before labels come, by task. */
export const ESTIMATED_METRICS = {
  binary: [
    "accuracy",
    "precision",
    "recall",
    "specificity",
    "balanced_accuracy",
    "f1",
    "roc_auc",
    "log_loss",
    "brier",
    "positive_rate",
  ],
  multiclass: ["accuracy", "macro_f1", "macro_roc_auc", "log_loss", "brier"],
  regression: ["mae", "mse", "rmse"],
} as const;
