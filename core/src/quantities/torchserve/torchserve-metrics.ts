import { GPU_LABELS } from "../gpu-labels.ts";
import type { SourceMetrics } from "../source-metrics.ts";

const MICROSECONDS = 1e-6;

/** TORCHSERVE_METRICS are the metrics of TorchServe; its gauges of times hold the last request alone and are left out. */
export const TORCHSERVE_METRICS = {
  source: "torchserve",
  title: "TorchServe",
  prefixes: ["ts_"],
  expects: [],
  model: ["model_name", "ModelName"],
  version: ["model_version"],
  attributes: GPU_LABELS,
  quantities: {
    request_latency_seconds_total: [{ metric: "ts_inference_latency_microseconds", factor: MICROSECONDS }],
    queue_time_seconds_total: [{ metric: "ts_queue_latency_microseconds", factor: MICROSECONDS }],
    inferences_total: ["ts_inference_requests_total"],
    requests_total: ["Requests2XX"],
    request_errors_total: [
      [
        { metric: "Requests4XX", attributes: { status: "4xx" } },
        { metric: "Requests5XX", attributes: { status: "5xx" } },
      ],
    ],
    gpu_utilization: [{ metric: "GPUUtilization", factor: 0.01 }],
    gpu_memory_used_bytes: [{ metric: "GPUMemoryUsed", factor: 1_048_576 }],
    gpu_memory_utilization: [{ metric: "GPUMemoryUtilization", factor: 0.01 }],
  },
} as const satisfies SourceMetrics;
