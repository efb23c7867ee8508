import type { TelemetrySample } from "../events/types.ts";

/** A gauge of one GPU: which `nvidia-smi` field it comes from and what turns that into the metric's unit. */
interface GpuGauge {
  readonly field: string;
  readonly metric: string;
  readonly unit: string;
  readonly factor: number;
}

const MEBIBYTE = 1_048_576;

/** GPU_GAUGES lists the gauges that are read; ratios run from 0 to 1. */
export const GPU_GAUGES: readonly GpuGauge[] = [
  { field: "utilization.gpu", metric: "gpu_utilization", unit: "ratio", factor: 0.01 },
  { field: "utilization.memory", metric: "gpu_memory_bandwidth_utilization", unit: "ratio", factor: 0.01 },
  { field: "memory.used", metric: "gpu_memory_used_bytes", unit: "bytes", factor: MEBIBYTE },
  { field: "memory.total", metric: "gpu_memory_total_bytes", unit: "bytes", factor: MEBIBYTE },
  { field: "power.draw", metric: "gpu_power_watts", unit: "watts", factor: 1 },
  { field: "power.limit", metric: "gpu_power_limit_watts", unit: "watts", factor: 1 },
  { field: "temperature.gpu", metric: "gpu_temperature_celsius", unit: "celsius", factor: 1 },
  { field: "temperature.memory", metric: "gpu_memory_temperature_celsius", unit: "celsius", factor: 1 },
  { field: "clocks.sm", metric: "gpu_clock_sm_hertz", unit: "hertz", factor: 1e6 },
  { field: "clocks.mem", metric: "gpu_clock_memory_hertz", unit: "hertz", factor: 1e6 },
];

/** GPU_FIELDS are the fields to ask `nvidia-smi` for: who the GPU is, then the gauges. */
export const GPU_FIELDS: readonly string[] = [
  "index",
  "uuid",
  "name",
  ...GPU_GAUGES.map(({ field }) => field),
];

/**
 * parseGpuTable returns the samples in the output of `nvidia-smi --query-gpu=… --format=csv,noheader,nounits`, one line for
 * each GPU. What the driver can't tell (`[N/A]`, `[Not Supported]`, `[Requested functionality has been deprecated]` …) yields
 * no sample, never a zero.
 *
 * @param fields the fields asked for, in that order
 */
export function parseGpuTable(
  text: string,
  fields: readonly string[],
): { gpus: number; samples: TelemetrySample[] } {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return { gpus: lines.length, samples: lines.flatMap((line) => parseLine(line, fields)) };
}

function parseLine(line: string, fields: readonly string[]): TelemetrySample[] {
  const cells = line.split(",").map((cell) => cell.trim());
  const cellOf = (field: string): string => cells[fields.indexOf(field)] ?? "";
  const attributes = { gpu_uuid: cellOf("uuid"), gpu_name: cellOf("name"), gpu_index: cellOf("index") };
  return GPU_GAUGES.flatMap(({ field, metric, unit, factor }): TelemetrySample[] => {
    const value = parseReading(cellOf(field));
    if (value === null) return [];
    return [{ metric, kind: "gauge", unit, value: value * factor, attributes }];
  });
}

function parseReading(cell: string): number | null {
  return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : null;
}

/** findInvalidField returns the field an older driver complains of ("Field "x" is not a valid field to query."), or null. */
export function findInvalidField(text: string): string | null {
  return /Field "([^"]+)" is not a valid field/.exec(text)?.[1] ?? null;
}
