import { GPU_LABELS } from "../gpu-labels.ts";
import type { Alternative, Reading, SourceMetrics } from "../source-metrics.ts";

/** OpenTelemetry's names come as they are, or as Prometheus writes them: underscores, and the unit at the end. */
const named = (name: string, unit: string, more: Omit<Reading, "metric"> = {}): Alternative[] => [
  { metric: name, ...more },
  { metric: `${name.replaceAll(".", "_")}_${unit}`, ...more },
];
const whereLabel = (label: string, values: readonly string[], unit: string, name: string): Alternative[] => [
  { metric: name, where: { [label]: values } },
  { metric: `${name.replaceAll(".", "_")}_${unit}`, where: { [label.replaceAll(".", "_")]: values } },
];
const PIPES = { "hw.gpu.pipe": "tensor" } as const;

/** OPENLIT_GPU_METRICS are the metrics of OpenLIT's GPU collector, which follow OpenTelemetry's hardware conventions. */
export const OPENLIT_GPU_METRICS = {
  source: "openlit-gpu",
  title: "OpenLIT GPU collector",
  prefixes: ["hw.gpu.", "hw_gpu_"],
  expects: [],
  replica: ["host.name", "host_name"],
  attributes: {
    ...GPU_LABELS,
    "error.type": "type",
    error_type: "type",
    "network.io.direction": "direction",
    network_io_direction: "direction",
  },
  quantities: {
    gpu_utilization: whereLabel("hw.gpu.task", ["general", ""], "ratio", "hw.gpu.utilization"),
    gpu_sm_active: named("hw.gpu.sm.utilization", "ratio"),
    gpu_sm_occupancy: named("hw.gpu.sm.occupancy", "ratio"),
    gpu_tensor_active: whereLabel("hw.gpu.pipe", [PIPES["hw.gpu.pipe"]], "ratio", "hw.gpu.pipe.utilization"),
    gpu_memory_active: named("hw.gpu.memory.bandwidth.utilization", "ratio"),
    gpu_memory_bandwidth_utilization: named("hw.gpu.memory.controller.utilization", "ratio"),
    gpu_memory_utilization: named("hw.gpu.memory.utilization", "ratio"),
    gpu_memory_used_bytes: named("hw.gpu.memory.usage", "bytes"),
    gpu_memory_free_bytes: named("hw.gpu.memory.free", "bytes"),
    gpu_memory_total_bytes: named("hw.gpu.memory.limit", "bytes"),
    gpu_process_memory_used_bytes: named("process.gpu.memory.usage", "bytes"),
    gpu_process_utilization: whereLabel("hw.gpu.task", ["general", ""], "ratio", "process.gpu.utilization"),
    gpu_power_watts: named("hw.power", "watts"),
    gpu_power_limit_watts: named("hw.power.limit", "watts"),
    gpu_energy_joules_total: named("hw.energy", "joules_total"),
    gpu_temperature_celsius: whereLabel("hw.sensor_location", ["die", ""], "celsius", "hw.temperature"),
    gpu_memory_temperature_celsius: whereLabel("hw.sensor_location", ["memory"], "celsius", "hw.temperature"),
    gpu_clock_sm_hertz: whereLabel("hw.gpu.clock_domain", ["sm"], "hertz", "hw.gpu.speed"),
    gpu_clock_memory_hertz: whereLabel("hw.gpu.clock_domain", ["memory"], "hertz", "hw.gpu.speed"),
    gpu_ecc_errors_total: whereLabel(
      "error.type",
      ["corrected", "uncorrected", "ras_corrected", "ras_uncorrected"],
      "total",
      "hw.errors",
    ),
    gpu_xid_errors_total: whereLabel("error.type", ["xid"], "total", "hw.errors"),
    gpu_pcie_replays_total: whereLabel("error.type", ["pcie_replay"], "total", "hw.errors"),
    gpu_pcie_bytes_total: named("hw.gpu.io", "bytes_total"),
  },
} as const satisfies SourceMetrics;
