import type { SourceMetrics } from "../source-metrics.ts";

/** VLLM_METRICS are the metrics of vLLM from 0.8 to the newest; the newest name of each quantity comes first. */
export const VLLM_METRICS = {
  source: "vllm",
  title: "vLLM",
  prefixes: ["vllm:"],
  expects: [
    "request_latency_seconds",
    "time_to_first_token_seconds",
    "time_per_output_token_seconds",
    "requests_running",
    "requests_waiting",
    "kv_cache_utilization",
    "tokens_in_total",
    "tokens_out_total",
  ],
  model: ["model_name"],
  version: ["model_version"],
  quantities: {
    request_latency_seconds: ["vllm:e2e_request_latency_seconds"],
    time_to_first_token_seconds: ["vllm:time_to_first_token_seconds"],
    time_per_output_token_seconds: ["vllm:inter_token_latency_seconds", "vllm:time_per_output_token_seconds"],
    request_time_per_output_token_seconds: ["vllm:request_time_per_output_token_seconds"],
    queue_time_seconds: ["vllm:request_queue_time_seconds", "vllm:time_in_queue_requests"],
    prefill_time_seconds: ["vllm:request_prefill_time_seconds"],
    decode_time_seconds: ["vllm:request_decode_time_seconds"],
    inference_time_seconds: ["vllm:request_inference_time_seconds"],
    batch_tokens: ["vllm:iteration_tokens_total", "vllm:iteration_tokens"],
    requests_total: [
      {
        metric: "vllm:request_success_total",
        where: { finished_reason: ["stop", "length", "tool_calls", "repetition"] },
      },
    ],
    request_errors_total: [
      { metric: "vllm:request_success_total", where: { finished_reason: ["abort", "error"] } },
    ],
    requests_running: ["vllm:num_requests_running"],
    requests_waiting: ["vllm:num_requests_waiting"],
    tokens_in_total: ["vllm:prompt_tokens_total"],
    tokens_out_total: ["vllm:generation_tokens_total"],
    tokens_cached_total: [
      "vllm:prompt_tokens_cached_total",
      "vllm:prefix_cache_hits_total",
      "vllm:gpu_prefix_cache_hits_total",
    ],
    tokens_looked_up_total: ["vllm:prefix_cache_queries_total", "vllm:gpu_prefix_cache_queries_total"],
    cache_hit_ratio: ["vllm:gpu_prefix_cache_hit_rate"],
    request_tokens_in: ["vllm:request_prompt_tokens"],
    request_tokens_out: ["vllm:request_generation_tokens"],
    kv_cache_utilization: ["vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"],
    preemptions_total: ["vllm:num_preemptions_total"],
  },
} as const satisfies SourceMetrics;
