import type { SourceMetrics } from "../source-metrics.ts";

const MILLISECONDS = 1e-3;

/** RAY_SERVE_METRICS are the metrics of Ray Serve. A deployment need not be a model, so that a rule assigns it. */
export const RAY_SERVE_METRICS = {
  source: "ray-serve",
  title: "Ray Serve",
  prefixes: ["ray_serve_"],
  expects: [],
  replica: ["replica"],
  quantities: {
    request_latency_seconds: [
      { metric: "ray_serve_http_request_latency_ms", factor: MILLISECONDS },
      { metric: "ray_serve_request_latency_ms", factor: MILLISECONDS },
    ],
    inference_time_seconds: [{ metric: "ray_serve_deployment_processing_latency_ms", factor: MILLISECONDS }],
    requests_total: ["ray_serve_num_http_requests_total", "ray_serve_num_http_requests"],
    request_errors_total: [
      [
        { metric: "ray_serve_num_http_error_requests_total", attributes: { layer: "http" } },
        { metric: "ray_serve_deployment_error_counter_total", attributes: { layer: "deployment" } },
      ],
    ],
    requests_running: [
      [
        { metric: "ray_serve_replica_processing_queries", attributes: { layer: "deployment" } },
        { metric: "ray_serve_num_ongoing_http_requests", attributes: { layer: "http" } },
      ],
    ],
    requests_waiting: ["ray_serve_deployment_queued_queries"],
  },
} as const satisfies SourceMetrics;
