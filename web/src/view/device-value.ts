import { formatMetric, formatPercent } from "./number-words.ts";

const NAMES: Record<string, string> = {
  gpu_utilization: "GPU utilisation",
  gpu_memory_bandwidth_utilization: "Memory bandwidth utilisation",
  gpu_memory_used_bytes: "Memory used",
  gpu_memory_total_bytes: "Memory in all",
  gpu_power_watts: "Power",
  gpu_power_limit_watts: "Power limit",
  gpu_temperature_celsius: "Temperature",
  gpu_memory_temperature_celsius: "Memory temperature",
  gpu_clock_sm_hertz: "Clock of the processors",
  gpu_clock_memory_hertz: "Clock of the memory",
};

/** deviceMetricName returns the name of a device metric as people read it, or the metric's own name where it is not known. */
export function deviceMetricName(metric: string): string {
  return NAMES[metric] ?? metric;
}

/** formatDeviceValue writes a value in its unit, scaled to what people say (`24.0 GiB`, `71 °C`, `1.41 GHz`). */
export function formatDeviceValue(value: number, unit: string): string {
  switch (unit) {
    case "ratio":
      return formatPercent(value);
    case "bytes":
      return `${(value / 2 ** 30).toFixed(1)} GiB`;
    case "watts":
      return `${value.toFixed(0)} W`;
    case "celsius":
      return `${value.toFixed(0)} °C`;
    case "hertz":
      return `${(value / 1e9).toFixed(2)} GHz`;
    default:
      return `${formatMetric(value)} ${unit}`;
  }
}
