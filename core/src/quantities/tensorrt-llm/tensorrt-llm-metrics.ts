import type { SourceMetrics } from "../source-metrics.ts";

/** TENSORRT_LLM_METRICS are the metrics of `trtllm-serve` and of TensorRT-LLM's backend for Triton. */
export const TENSORRT_LLM_METRICS = {
  source: "tensorrt-llm",
  title: "TensorRT-LLM",
  prefixes: ["trtllm_", "nv_trt_llm_"],
  expects: [],
  model: ["model_name", "model"],
  version: ["model_version", "version"],
  quantities: {
    request_latency_seconds: ["trtllm_e2e_request_latency_seconds"],
    time_to_first_token_seconds: ["trtllm_time_to_first_token_seconds"],
    time_per_output_token_seconds: ["trtllm_time_per_output_token_seconds"],
    queue_time_seconds: ["trtllm_request_queue_time_seconds"],
    prefill_time_seconds: ["trtllm_request_prefill_time_seconds"],
    requests_total: ["trtllm_request_success_total"],
    request_errors_total: ["trtllm_request_error_total"],
    requests_running: [
      "trtllm_num_requests_running",
      { metric: "nv_trt_llm_request_metrics", where: { request_type: ["active"] } },
    ],
    requests_waiting: [
      "trtllm_num_requests_waiting",
      { metric: "nv_trt_llm_request_metrics", where: { request_type: ["waiting"] } },
    ],
    batch_size_current: [
      "trtllm_num_scheduled_requests",
      { metric: "nv_trt_llm_request_metrics", where: { request_type: ["scheduled"] } },
    ],
    tokens_in_total: ["trtllm_prompt_tokens_total"],
    tokens_out_total: ["trtllm_generation_tokens_total"],
    tokens_cached_total: ["trtllm_prompt_cached_tokens_total"],
    cache_hit_ratio: ["trtllm_kv_cache_hit_rate"],
    kv_cache_utilization: [
      "trtllm_kv_cache_utilization",
      { metric: "nv_trt_llm_kv_cache_block_metrics", where: { kv_cache_block_type: ["fraction"] } },
    ],
    requests_preempted: ["trtllm_num_paused_requests"],
    engine_memory_bytes: [
      [
        { metric: "trtllm_gpu_memory_usage_bytes", attributes: { memory_type: "gpu" } },
        { metric: "trtllm_cpu_memory_usage_bytes", attributes: { memory_type: "cpu" } },
        { metric: "trtllm_pinned_memory_usage_bytes", attributes: { memory_type: "pinned" } },
      ],
      "nv_trt_llm_runtime_memory_metrics",
    ],
  },
} as const satisfies SourceMetrics;
