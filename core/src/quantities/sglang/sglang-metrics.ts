import type { SourceMetrics } from "../source-metrics.ts";

/** SGLANG_METRICS are the metrics of SGLang. */
export const SGLANG_METRICS = {
  source: "sglang",
  title: "SGLang",
  prefixes: ["sglang:"],
  expects: [
    "time_to_first_token_seconds",
    "time_per_output_token_seconds",
    "requests_running",
    "requests_waiting",
    "kv_cache_utilization",
  ],
  model: ["model_name"],
  version: ["model_version"],
  quantities: {
    request_latency_seconds: ["sglang:e2e_request_latency_seconds"],
    time_to_first_token_seconds: ["sglang:time_to_first_token_seconds"],
    time_per_output_token_seconds: [
      "sglang:inter_token_latency_seconds",
      "sglang:time_per_output_token_seconds",
    ],
    queue_time_seconds: ["sglang:queue_time_seconds"],
    requests_total: ["sglang:num_requests_total"],
    request_errors_total: ["sglang:num_aborted_requests_total"],
    requests_running: ["sglang:num_running_reqs"],
    requests_waiting: ["sglang:num_queue_reqs"],
    tokens_in_total: ["sglang:prompt_tokens_total"],
    tokens_out_total: ["sglang:generation_tokens_total"],
    tokens_cached_total: ["sglang:cached_tokens_total"],
    cache_hit_ratio: ["sglang:cache_hit_rate"],
    kv_cache_utilization: ["sglang:token_usage"],
    requests_preempted: ["sglang:num_retracted_reqs"],
  },
} as const satisfies SourceMetrics;
