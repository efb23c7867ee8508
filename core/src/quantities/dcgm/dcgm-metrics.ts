import { GPU_LABELS } from "../gpu-labels.ts";
import type { Reading, SourceMetrics } from "../source-metrics.ts";
import { isBlankReading } from "./is-blank-reading.ts";

const MEBIBYTE = 1_048_576;
const MEGAHERTZ = 1e6;
const NANOSECONDS = 1e-9;
const ECC = { SBE: "corrected", DBE: "uncorrected" } as const;
const THROTTLES = ["POWER", "THERMAL", "SYNC_BOOST", "BOARD_LIMIT", "LOW_UTIL", "RELIABILITY"] as const;

/** DCGM_METRICS are the fields of NVIDIA's DCGM exporter, with the names before and after DCGM 4.6. */
export const DCGM_METRICS = {
  source: "dcgm",
  title: "DCGM exporter",
  prefixes: ["DCGM_FI_", "DCGM_EXP_"],
  expects: ["gpu_utilization", "gpu_memory_used_bytes"],
  replica: ["hostname", "Hostname"],
  attributes: { ...GPU_LABELS, clock_event: "reason" },
  isBlank: isBlankReading,
  quantities: {
    gpu_utilization: ["DCGM_FI_DEV_GPU_UTIL_RATIO", { metric: "DCGM_FI_DEV_GPU_UTIL", factor: 0.01 }],
    gpu_graphics_active: ["DCGM_FI_PROF_GR_ENGINE_UTIL_RATIO", "DCGM_FI_PROF_GR_ENGINE_ACTIVE"],
    gpu_sm_active: ["DCGM_FI_PROF_SM_UTIL_RATIO", "DCGM_FI_PROF_SM_ACTIVE"],
    gpu_sm_occupancy: ["DCGM_FI_PROF_SM_OCCUPANCY_RATIO", "DCGM_FI_PROF_SM_OCCUPANCY"],
    gpu_tensor_active: ["DCGM_FI_PROF_TENSOR_UTIL_RATIO", "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE"],
    gpu_memory_active: ["DCGM_FI_PROF_DRAM_UTIL_RATIO", "DCGM_FI_PROF_DRAM_ACTIVE"],
    gpu_memory_bandwidth_utilization: [{ metric: "DCGM_FI_DEV_MEM_COPY_UTIL", factor: 0.01 }],
    gpu_memory_utilization: ["DCGM_FI_DEV_FB_USED_RATIO", "DCGM_FI_DEV_FB_USED_PERCENT"],
    gpu_memory_used_bytes: [{ metric: "DCGM_FI_DEV_FB_USED", factor: MEBIBYTE }],
    gpu_memory_free_bytes: [{ metric: "DCGM_FI_DEV_FB_FREE", factor: MEBIBYTE }],
    gpu_memory_reserved_bytes: [{ metric: "DCGM_FI_DEV_FB_RESERVED", factor: MEBIBYTE }],
    gpu_memory_total_bytes: [
      { metric: "DCGM_FI_DEV_FB_TOTAL", factor: MEBIBYTE },
      // The exporter's default counters leave the total out.
      {
        metric: "DCGM_FI_DEV_FB_USED",
        factor: MEBIBYTE,
        plus: ["DCGM_FI_DEV_FB_FREE", "DCGM_FI_DEV_FB_RESERVED"],
      },
    ],
    gpu_power_watts: ["DCGM_FI_DEV_BOARD_POWER_WATTS", "DCGM_FI_DEV_POWER_USAGE"],
    gpu_power_limit_watts: ["DCGM_FI_DEV_POWER_LIMIT_REQUESTED_WATTS", "DCGM_FI_DEV_POWER_MGMT_LIMIT"],
    gpu_energy_joules_total: [{ metric: "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", factor: 1e-3 }],
    gpu_temperature_celsius: ["DCGM_FI_DEV_GPU_TEMP_CELSIUS", "DCGM_FI_DEV_GPU_TEMP"],
    gpu_memory_temperature_celsius: ["DCGM_FI_DEV_MEMORY_TEMP_CELSIUS", "DCGM_FI_DEV_MEMORY_TEMP"],
    gpu_clock_sm_hertz: [{ metric: "DCGM_FI_DEV_SM_CLOCK", factor: MEGAHERTZ }],
    gpu_clock_memory_hertz: [{ metric: "DCGM_FI_DEV_MEM_CLOCK", factor: MEGAHERTZ }],
    gpu_throttle_reasons: ["DCGM_FI_DEV_CLOCKS_EVENT_REASONS", "DCGM_FI_DEV_CLOCK_THROTTLE_REASONS"],
    gpu_throttle_seconds_total: [THROTTLES.map(throttleTime)],
    gpu_throttle_events_total: ["DCGM_EXP_CLOCK_EVENTS_COUNT"],
    gpu_ecc_errors_total: [
      (["SBE", "DBE"] as const).flatMap((kind) => [eccErrors(kind, "VOL"), eccErrors(kind, "AGG")]),
    ],
    gpu_xid_code: ["DCGM_FI_DEV_XID_ERROR", "DCGM_FI_DEV_XID_ERRORS"],
    gpu_xid_errors_total: ["DCGM_EXP_XID_ERRORS_COUNT"],
    gpu_remapped_rows_total: [
      [
        { metric: "DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS", attributes: { type: "corrected" } },
        { metric: "DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS", attributes: { type: "uncorrected" } },
      ],
    ],
    gpu_row_remap_failure: ["DCGM_FI_DEV_ROW_REMAP_FAILURE"],
    gpu_pcie_bytes_per_second: [
      [
        { metric: "DCGM_FI_PROF_PCIE_TX_BYTES", attributes: { direction: "transmit" } },
        { metric: "DCGM_FI_PROF_PCIE_RX_BYTES", attributes: { direction: "receive" } },
      ],
    ],
    gpu_pcie_replays_total: ["DCGM_FI_DEV_PCIE_REPLAY_TOTAL", "DCGM_FI_DEV_PCIE_REPLAY_COUNTER"],
  },
} as const satisfies SourceMetrics;

function throttleTime(reason: (typeof THROTTLES)[number]): Reading {
  return {
    metric: `DCGM_FI_DEV_${reason}_VIOLATION`,
    factor: NANOSECONDS,
    attributes: { reason: reason.toLowerCase() },
  };
}

function eccErrors(kind: keyof typeof ECC, span: "VOL" | "AGG"): Reading {
  return {
    metric: `DCGM_FI_DEV_ECC_${kind}_${span}_TOTAL`,
    attributes: { type: ECC[kind], span: span === "VOL" ? "since_boot" : "lifetime" },
  };
}
