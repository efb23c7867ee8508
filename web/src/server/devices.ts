import "server-only";
import type { DeviceValue } from "../view/model-page.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** The gauges of the SDK's GPU sampler; `gpu_count` is sent also where there is none. */
const GPU_METRICS = [
  "gpu_count",
  "gpu_utilization",
  "gpu_memory_bandwidth_utilization",
  "gpu_memory_used_bytes",
  "gpu_memory_total_bytes",
  "gpu_power_watts",
  "gpu_power_limit_watts",
  "gpu_temperature_celsius",
  "gpu_memory_temperature_celsius",
  "gpu_clock_sm_hertz",
  "gpu_clock_memory_hertz",
];
const LOOK_BACK_MS = 7 * 86_400_000;

/** loadDevices returns the last value of every GPU metric that serving hosts sent for a model in the week before `until`. */
export async function loadDevices(
  principal: Principal,
  model: string,
  until: number,
): Promise<DeviceValue[]> {
  const { store, now } = server();
  const rows = await store.telemetry.latest(principal.project, {
    metrics: GPU_METRICS,
    model,
    from: until - LOOK_BACK_MS,
    to: Math.max(until, now()) + 1,
  });
  return rows
    .map(({ replica, metric, value, unit, at, attributes }) => ({
      device: [replica, attributes["gpu_name"], attributes["gpu_index"]].filter(Boolean).join(" · "),
      metric,
      value,
      unit,
      at,
    }))
    .sort((a, b) => (a.device + a.metric < b.device + b.metric ? -1 : 1));
}
