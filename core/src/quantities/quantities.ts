/** QuantityKind says how a quantity's samples add up: a gauge is read, a counter only grows, a histogram counts up to bounds. */
export type QuantityKind = "gauge" | "counter" | "histogram";

interface QuantityDefinition {
  readonly kind: QuantityKind;
  /** The unit of every sample of it, whatever the engine counts in. */
  readonly unit: string;
  readonly says: string;
  /** Words that its name has at an engine that renamed it: one list is enough, and no word of `without` may be there. */
  readonly words?: readonly (readonly string[])[];
  readonly without?: readonly string[];
}

const histogram = (
  unit: string,
  says: string,
  words?: readonly (readonly string[])[],
  without?: readonly string[],
) => define("histogram", unit, says, words, without);
const counter = (
  unit: string,
  says: string,
  words?: readonly (readonly string[])[],
  without?: readonly string[],
) => define("counter", unit, says, words, without);
const gauge = (
  unit: string,
  says: string,
  words?: readonly (readonly string[])[],
  without?: readonly string[],
) => define("gauge", unit, says, words, without);

function define(
  kind: QuantityKind,
  unit: string,
  says: string,
  words?: readonly (readonly string[])[],
  without?: readonly string[],
): QuantityDefinition {
  return { kind, unit, says, ...(words && { words }), ...(without && { without }) };
}

const REQUESTS = {
  request_latency_seconds: histogram(
    "seconds",
    "from the arrival of a request to its last token",
    [["e2e"], ["end", "to", "end"], ["request", "latency"], ["request", "duration"]],
    ["inter", "token", "queue", "prefill", "decode"],
  ),
  request_latency_seconds_total: counter(
    "seconds",
    "all requests' latencies added up, where only that is known",
  ),
  request_latency_quantile_seconds: gauge("seconds", "a quantile that the engine computed itself"),
  time_to_first_token_seconds: histogram("seconds", "from the arrival of a request to its first token", [
    ["first", "token"],
    ["ttft"],
  ]),
  time_per_output_token_seconds: histogram(
    "seconds",
    "between two tokens of an answer",
    [["inter", "token"], ["per", "output", "token"], ["per", "token"], ["tpot"], ["itl"]],
    ["request"],
  ),
  request_time_per_output_token_seconds: histogram("seconds", "mean time between the tokens of one answer", [
    ["request", "per", "output", "token"],
  ]),
  queue_time_seconds: histogram("seconds", "from arrival to being scheduled", [
    ["queue", "time"],
    ["queue", "duration"],
    ["waiting", "time"],
  ]),
  queue_time_seconds_total: counter("seconds", "all requests' queue times added up"),
  prefill_time_seconds: histogram("seconds", "from being scheduled to the first token", [
    ["prefill", "time"],
  ]),
  decode_time_seconds: histogram("seconds", "from the first token to the last", [["decode", "time"]]),
  inference_time_seconds: histogram("seconds", "time a request runs", [["inference", "time"]]),
  compute_time_seconds_total: counter("seconds", "time of computing added up"),
  requests_total: counter(
    "requests",
    "requests that were answered",
    [["request", "success"], ["requests"]],
    ["error", "abort", "fail"],
  ),
  request_errors_total: counter("requests", "requests that failed or were cut off", [
    ["request", "error"],
    ["request", "failure"],
    ["aborted", "requests"],
  ]),
  requests_running: gauge("requests", "requests that run now", [
    ["requests", "running"],
    ["running", "reqs"],
  ]),
  requests_waiting: gauge(
    "requests",
    "requests that wait now",
    [
      ["requests", "waiting"],
      ["queue", "reqs"],
      ["queue", "size"],
    ],
    ["reason"],
  ),
  batch_size: histogram("requests", "requests in one batch"),
  batch_size_current: gauge("requests", "requests in the batch that runs now"),
  batch_tokens: histogram("tokens", "tokens of one step of the engine", [["iteration", "tokens"]]),
  batches_total: counter("batches", "executions of the model, each of one batch"),
  inferences_total: counter("inferences", "items inferred, batched or not"),
} as const;

const TOKENS = {
  tokens_in_total: counter(
    "tokens",
    "tokens of prompts",
    [
      ["prompt", "tokens"],
      ["input", "tokens"],
    ],
    ["cached", "source"],
  ),
  tokens_out_total: counter("tokens", "tokens generated", [
    ["generation", "tokens"],
    ["output", "tokens"],
  ]),
  tokens_cached_total: counter(
    "tokens",
    "tokens of prompts that a cache had",
    [
      ["cached", "tokens"],
      ["tokens", "cached"],
      ["cache", "hits"],
    ],
    ["external", "mm", "connector"],
  ),
  tokens_looked_up_total: counter(
    "tokens",
    "tokens of prompts that were looked up in a cache",
    [["cache", "queries"]],
    ["external", "mm", "connector"],
  ),
  cache_hit_ratio: gauge("ratio", "share of looked-up tokens that the cache had", [["cache", "hit", "rate"]]),
  request_tokens_in: histogram("tokens", "tokens of one prompt", [["request", "prompt", "tokens"]]),
  request_tokens_out: histogram(
    "tokens",
    "tokens of one answer",
    [["request", "generation", "tokens"]],
    ["max", "params"],
  ),
  kv_cache_utilization: gauge(
    "ratio",
    "share of the KV cache in use",
    [
      ["cache", "usage"],
      ["cache", "utilization"],
      ["token", "usage"],
    ],
    ["cpu", "hit"],
  ),
  preemptions_total: counter("preemptions", "requests pushed out to make room", [
    ["preemptions"],
    ["retractions"],
  ]),
  requests_preempted: gauge("requests", "requests that are pushed out now", [["retracted"], ["paused"]]),
  engine_memory_bytes: gauge("bytes", "memory that the engine says it uses"),
} as const;

const GPUS = {
  gpu_count: gauge("1", "GPUs of the machine"),
  gpu_utilization: gauge("ratio", "share of time in which any kernel ran"),
  gpu_graphics_active: gauge("ratio", "share of time in which the compute engine was active"),
  gpu_sm_active: gauge("ratio", "share of multiprocessors that were active"),
  gpu_sm_occupancy: gauge("ratio", "share of warps that were resident"),
  gpu_tensor_active: gauge("ratio", "share of time in which the tensor cores were active"),
  gpu_memory_active: gauge("ratio", "share of time in which the memory was read or written"),
  gpu_memory_bandwidth_utilization: gauge("ratio", "share of time in which the memory controller was busy"),
  gpu_memory_utilization: gauge("ratio", "share of the memory in use"),
  gpu_memory_used_bytes: gauge("bytes", "memory in use"),
  gpu_memory_free_bytes: gauge("bytes", "memory not in use"),
  gpu_memory_reserved_bytes: gauge("bytes", "memory that driver and firmware keep"),
  gpu_memory_total_bytes: gauge("bytes", "memory of the GPU"),
  gpu_process_memory_used_bytes: gauge("bytes", "memory that one process uses"),
  gpu_process_utilization: gauge("ratio", "share of time in which kernels of one process ran"),
  gpu_power_watts: gauge("watts", "power drawn"),
  gpu_power_limit_watts: gauge("watts", "most power it may draw"),
  gpu_energy_joules_total: counter("joules", "energy used since the driver was loaded"),
  gpu_temperature_celsius: gauge("celsius", "temperature of the chip"),
  gpu_memory_temperature_celsius: gauge("celsius", "temperature of the memory"),
  gpu_clock_sm_hertz: gauge("hertz", "clock of the multiprocessors"),
  gpu_clock_memory_hertz: gauge("hertz", "clock of the memory"),
  gpu_throttle_reasons: gauge("bitmask", "why the clocks are lowered; 1 and 2 are harmless"),
  gpu_throttled: gauge("1", "whether the clocks are lowered for a reason (attribute `reason`)"),
  gpu_throttle_seconds_total: counter("seconds", "time with lowered clocks, by reason"),
  gpu_throttle_events_total: counter("events", "times that clocks were lowered, by reason"),
  gpu_ecc_errors_total: counter("errors", "memory errors, corrected or uncorrected"),
  gpu_xid_code: gauge("code", "the last XID of the driver; 0 is none"),
  gpu_xid_errors_total: counter("errors", "XIDs of the driver"),
  gpu_remapped_rows_total: counter("rows", "rows of memory that were replaced"),
  gpu_row_remap_failure: gauge("1", "whether a row could not be replaced"),
  gpu_pcie_bytes_per_second: gauge("bytes/s", "traffic over PCIe, by direction"),
  gpu_pcie_bytes_total: counter("bytes", "bytes over PCIe, by direction"),
  gpu_pcie_replays_total: counter("events", "packets repeated over PCIe"),
  gpu_needs_recovery: gauge("1", "whether the driver asks for a reset (attribute `action`)"),
} as const;

/** QUANTITIES are the canonical quantities of serving and of GPUs, each with its kind and unit: what every source is mapped to. */
export const QUANTITIES = { ...REQUESTS, ...TOKENS, ...GPUS } as const satisfies Record<
  string,
  QuantityDefinition
>;

/** Quantity is the name of a canonical quantity, which is its metric's name in Leeway. */
export type Quantity = keyof typeof QUANTITIES;

/** definitionOf returns a quantity's kind, unit and words. O(1). */
export function definitionOf(quantity: Quantity): QuantityDefinition {
  return QUANTITIES[quantity];
}
