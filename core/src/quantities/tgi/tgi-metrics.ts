import type { SourceMetrics } from "../source-metrics.ts";

/** TGI_METRICS are the metrics of Hugging Face's Text Generation Inference; its exporter writes counters without `_total`. */
export const TGI_METRICS = {
  source: "tgi",
  title: "TGI",
  prefixes: ["tgi_"],
  expects: ["request_latency_seconds", "time_per_output_token_seconds", "requests_waiting"],
  quantities: {
    request_latency_seconds: ["tgi_request_duration"],
    time_per_output_token_seconds: ["tgi_request_mean_time_per_token_duration"],
    queue_time_seconds: ["tgi_request_queue_duration"],
    inference_time_seconds: ["tgi_request_inference_duration"],
    requests_total: ["tgi_request_success"],
    request_errors_total: ["tgi_request_failure"],
    requests_waiting: ["tgi_queue_size"],
    batch_size: ["tgi_batch_next_size"],
    batch_size_current: ["tgi_batch_current_size"],
    tokens_in_total: [{ metric: "tgi_request_input_length", part: "sum" }],
    tokens_out_total: [{ metric: "tgi_request_generated_tokens", part: "sum" }],
    request_tokens_in: ["tgi_request_input_length"],
    request_tokens_out: ["tgi_request_generated_tokens"],
  },
} as const satisfies SourceMetrics;
