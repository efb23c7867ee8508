import type { SourceMetrics } from "../source-metrics.ts";

/** KSERVE_METRICS are the metrics of KServe's Python server; other runtimes keep their own and are read as those. */
export const KSERVE_METRICS = {
  source: "kserve",
  title: "KServe",
  prefixes: [],
  expects: [],
  model: ["model_name"],
  version: ["model_version"],
  quantities: {
    inference_time_seconds: [
      [
        { metric: "request_preprocess_seconds", attributes: { phase: "preprocess" } },
        { metric: "request_predict_seconds", attributes: { phase: "predict" } },
        { metric: "request_postprocess_seconds", attributes: { phase: "postprocess" } },
        { metric: "request_explain_seconds", attributes: { phase: "explain" } },
      ],
    ],
    requests_total: [{ metric: "request_predict_seconds", part: "count" }],
  },
} as const satisfies SourceMetrics;
