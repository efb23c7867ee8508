import { GPU_LABELS } from "../gpu-labels.ts";
import type { SourceMetrics } from "../source-metrics.ts";

const MICROSECONDS = 1e-6;
const MILLISECONDS = 1e-3;

/** TRITON_METRICS are the metrics of the Triton Inference Server: times are counters of microseconds, with histograms where they are switched on. */
export const TRITON_METRICS = {
  source: "triton",
  title: "Triton",
  prefixes: ["nv_"],
  expects: ["requests_total", "inferences_total"],
  model: ["model"],
  version: ["version"],
  attributes: GPU_LABELS,
  quantities: {
    request_latency_seconds_total: [{ metric: "nv_inference_request_duration_us", factor: MICROSECONDS }],
    request_latency_quantile_seconds: [
      { metric: "nv_inference_request_summary_us", factor: MICROSECONDS, part: "quantiles" },
    ],
    time_to_first_token_seconds: [
      { metric: "nv_inference_first_response_histogram_ms", factor: MILLISECONDS },
    ],
    queue_time_seconds_total: [{ metric: "nv_inference_queue_duration_us", factor: MICROSECONDS }],
    compute_time_seconds_total: [
      [
        {
          metric: "nv_inference_compute_input_duration_us",
          factor: MICROSECONDS,
          attributes: { phase: "input" },
        },
        {
          metric: "nv_inference_compute_infer_duration_us",
          factor: MICROSECONDS,
          attributes: { phase: "infer" },
        },
        {
          metric: "nv_inference_compute_output_duration_us",
          factor: MICROSECONDS,
          attributes: { phase: "output" },
        },
      ],
    ],
    requests_total: ["nv_inference_request_success"],
    request_errors_total: ["nv_inference_request_failure"],
    requests_waiting: ["nv_inference_pending_request_count"],
    inferences_total: ["nv_inference_count"],
    batches_total: ["nv_inference_exec_count"],
    gpu_utilization: ["nv_gpu_utilization"],
    gpu_memory_used_bytes: ["nv_gpu_memory_used_bytes"],
    gpu_memory_total_bytes: ["nv_gpu_memory_total_bytes"],
    gpu_power_watts: ["nv_gpu_power_usage"],
    gpu_power_limit_watts: ["nv_gpu_power_limit"],
    gpu_energy_joules_total: ["nv_energy_consumption"],
  },
} as const satisfies SourceMetrics;
