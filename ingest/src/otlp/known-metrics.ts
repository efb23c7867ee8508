const MEBIBYTE = 1_048_576;

/** KnownMetric says under which name and unit Leeway shows what others call otherwise. */
export interface KnownMetric {
  metric: string;
  unit: string;
  factor: number;
}

const utilization = (factor: number): KnownMetric => ({ metric: "gpu_utilization", unit: "ratio", factor });
const memoryUsed = (factor: number): KnownMetric => ({
  metric: "gpu_memory_used_bytes",
  unit: "bytes",
  factor,
});
const memoryTotal = (factor: number): KnownMetric => ({
  metric: "gpu_memory_total_bytes",
  unit: "bytes",
  factor,
});
const POWER: KnownMetric = { metric: "gpu_power_watts", unit: "watts", factor: 1 };
const POWER_LIMIT: KnownMetric = { metric: "gpu_power_limit_watts", unit: "watts", factor: 1 };
const TEMPERATURE: KnownMetric = { metric: "gpu_temperature_celsius", unit: "celsius", factor: 1 };
const MEMORY_TEMPERATURE: KnownMetric = {
  metric: "gpu_memory_temperature_celsius",
  unit: "celsius",
  factor: 1,
};

/** GPU gauges as OpenTelemetry's conventions, NVIDIA's DCGM exporter (before and after 4.6) and Triton name them. */
const KNOWN: ReadonlyMap<string, KnownMetric> = new Map([
  ["hw.gpu.utilization", utilization(1)],
  ["hw.gpu.memory.usage", memoryUsed(1)],
  ["hw.gpu.memory.limit", memoryTotal(1)],
  ["hw.power", POWER],
  ["hw.temperature", TEMPERATURE],
  ["DCGM_FI_DEV_GPU_UTIL", utilization(0.01)],
  ["DCGM_FI_DEV_GPU_UTIL_RATIO", utilization(1)],
  ["DCGM_FI_DEV_MEM_COPY_UTIL", { metric: "gpu_memory_bandwidth_utilization", unit: "ratio", factor: 0.01 }],
  ["DCGM_FI_DEV_FB_USED", memoryUsed(MEBIBYTE)],
  ["DCGM_FI_DEV_FB_TOTAL", memoryTotal(MEBIBYTE)],
  ["DCGM_FI_DEV_POWER_USAGE", POWER],
  ["DCGM_FI_DEV_BOARD_POWER_WATTS", POWER],
  ["DCGM_FI_DEV_POWER_MGMT_LIMIT", POWER_LIMIT],
  ["DCGM_FI_DEV_POWER_LIMIT_REQUESTED_WATTS", POWER_LIMIT],
  ["DCGM_FI_DEV_GPU_TEMP", TEMPERATURE],
  ["DCGM_FI_DEV_GPU_TEMP_CELSIUS", TEMPERATURE],
  ["DCGM_FI_DEV_MEMORY_TEMP", MEMORY_TEMPERATURE],
  ["DCGM_FI_DEV_MEMORY_TEMP_CELSIUS", MEMORY_TEMPERATURE],
  ["DCGM_FI_DEV_SM_CLOCK", { metric: "gpu_clock_sm_hertz", unit: "hertz", factor: 1e6 }],
  ["DCGM_FI_DEV_MEM_CLOCK", { metric: "gpu_clock_memory_hertz", unit: "hertz", factor: 1e6 }],
  ["nv_gpu_utilization", utilization(1)],
  ["nv_gpu_memory_used_bytes", memoryUsed(1)],
  ["nv_gpu_memory_total_bytes", memoryTotal(1)],
  ["nv_gpu_power_usage", POWER],
  ["nv_gpu_power_limit", POWER_LIMIT],
]);

const GPU_ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ...(["hw.id", "UUID"] as const).map((name) => [name, "gpu_uuid"] as const),
  ...(["hw.name", "modelName"] as const).map((name) => [name, "gpu_name"] as const),
  ["gpu", "gpu_index"] as const,
]);

/** What DCGM says where it has no value: "blank" and three kinds of it, as numbers that look like readings. */
const BLANKS = [2 ** 47, 0x7ffffff0, 2 ** 63];

/** knownMetric returns how Leeway calls a metric, or undefined where the metric keeps its own name. */
export function knownMetric(
  name: string,
  attributes: Readonly<Record<string, string>>,
): KnownMetric | undefined {
  const isOther =
    (attributes["hw.type"] ?? "gpu") !== "gpu" || (attributes["hw.gpu.task"] ?? "general") !== "general";
  if (isOther || (/^hw\.(power|temperature)$/.test(name) && attributes["hw.type"] === undefined))
    return undefined;
  return KNOWN.get(name);
}

/** gpuAttributes returns a GPU's attributes under the names that tell GPUs apart everywhere in Leeway. */
export function gpuAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [GPU_ATTRIBUTES.get(name) ?? name, value]),
  );
}

/** isBlankReading decides whether a value of a metric of DCGM stands for "no value". */
export function isBlankReading(name: string, value: number): boolean {
  return name.startsWith("DCGM_") && BLANKS.some((blank) => value >= blank && value <= blank + 3);
}
