import type { SourceMetrics } from "../source-metrics.ts";

/** LITELLM_METRICS are the metrics of LiteLLM's proxy. */
export const LITELLM_METRICS = {
  source: "litellm",
  title: "LiteLLM",
  prefixes: ["litellm_"],
  expects: [],
  model: ["requested_model", "model_group", "litellm_model_name", "model"],
  quantities: {
    request_latency_seconds: ["litellm_request_total_latency_metric"],
    inference_time_seconds: ["litellm_llm_api_latency_metric"],
    time_to_first_token_seconds: ["litellm_llm_api_time_to_first_token_metric"],
    time_per_output_token_seconds: ["litellm_deployment_latency_per_output_token"],
    queue_time_seconds: ["litellm_request_queue_time_seconds"],
    requests_total: ["litellm_proxy_total_requests_metric_total", "litellm_requests_metric_total"],
    request_errors_total: ["litellm_proxy_failed_requests_metric_total"],
    requests_running: ["litellm_in_flight_requests"],
    tokens_in_total: ["litellm_input_tokens_metric_total", "litellm_input_tokens_total"],
    tokens_out_total: ["litellm_output_tokens_metric_total", "litellm_output_tokens_total"],
  },
} as const satisfies SourceMetrics;
