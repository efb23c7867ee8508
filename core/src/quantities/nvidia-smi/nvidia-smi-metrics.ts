import { GPU_LABELS } from "../gpu-labels.ts";
import type { Reading, SourceMetrics } from "../source-metrics.ts";

const MEBIBYTE = 1_048_576;
const MEGAHERTZ = 1e6;
const MICROSECONDS = 1e-6;
/** The reasons for lowered clocks that cost speed; an idle GPU and clocks that somebody set are none. */
const THROTTLES = [
  "sw_power_cap",
  "hw_slowdown",
  "hw_thermal_slowdown",
  "hw_power_brake_slowdown",
  "sw_thermal_slowdown",
] as const;

/** NVIDIA_SMI_METRICS are the fields that `nvidia-smi` is asked for, under their own names; older drivers lack some. */
export const NVIDIA_SMI_METRICS = {
  source: "nvidia-smi",
  title: "nvidia-smi",
  prefixes: ["nvidia_smi:"],
  expects: ["gpu_count"],
  attributes: { ...GPU_LABELS, index: "gpu_index", name: "gpu_name" },
  quantities: {
    gpu_count: ["nvidia_smi:count"],
    gpu_utilization: [field("utilization.gpu", 0.01)],
    gpu_memory_bandwidth_utilization: [field("utilization.memory", 0.01)],
    gpu_memory_used_bytes: [field("memory.used", MEBIBYTE)],
    gpu_memory_free_bytes: [field("memory.free", MEBIBYTE)],
    gpu_memory_reserved_bytes: [field("memory.reserved", MEBIBYTE)],
    gpu_memory_total_bytes: [field("memory.total", MEBIBYTE)],
    gpu_process_memory_used_bytes: [field("used_gpu_memory", MEBIBYTE)],
    gpu_power_watts: [field("power.draw")],
    gpu_power_limit_watts: [field("power.limit")],
    gpu_temperature_celsius: [field("temperature.gpu")],
    gpu_memory_temperature_celsius: [field("temperature.memory")],
    gpu_clock_sm_hertz: [field("clocks.sm", MEGAHERTZ)],
    gpu_clock_memory_hertz: [field("clocks.mem", MEGAHERTZ)],
    gpu_throttle_reasons: [field("clocks_event_reasons.active"), field("clocks_throttle_reasons.active")],
    gpu_throttled: [
      THROTTLES.map((reason) => field(`clocks_event_reasons.${reason}`, 1, { reason })),
      THROTTLES.map((reason) => field(`clocks_throttle_reasons.${reason}`, 1, { reason })),
    ],
    gpu_throttle_seconds_total: [
      THROTTLES.filter((reason) => reason !== "hw_slowdown").map((reason) =>
        field(`clocks_event_reasons_counters.${reason}`, MICROSECONDS, { reason }),
      ),
    ],
    gpu_ecc_errors_total: [
      [
        field("ecc.errors.corrected.volatile.total", 1, { type: "corrected", span: "since_boot" }),
        field("ecc.errors.uncorrected.volatile.total", 1, { type: "uncorrected", span: "since_boot" }),
      ],
    ],
    gpu_remapped_rows_total: [
      [
        field("remapped_rows.correctable", 1, { type: "corrected" }),
        field("remapped_rows.uncorrectable", 1, { type: "uncorrected" }),
      ],
    ],
    gpu_row_remap_failure: [field("remapped_rows.failure")],
    gpu_needs_recovery: [field("gpu_recovery_action")],
  },
} as const satisfies SourceMetrics;

function field(name: string, factor = 1, attributes?: Readonly<Record<string, string>>): Reading {
  return { metric: `nvidia_smi:${name}`, factor, ...(attributes && { attributes }) };
}
