import type { Leeway } from "../client/leeway.ts";
import { systemRuntime } from "../config.ts";
import type { CancelTimer, SdkRuntime } from "../runtime.ts";
import { findInvalidField, GPU_FIELDS, parseGpuTable } from "./gpu-query.ts";
import { createNvidiaSmi, type QueryGpus } from "./run-nvidia-smi.ts";

/** GpuState: `unknown` before the first reading; `absent` where there is no GPU; `failing` when it doesn't answer. */
export type GpuState = "unknown" | "present" | "absent" | "failing";

/** GpuSamplerOptions configure a sampler. */
export interface GpuSamplerOptions {
  /** leeway records the samples. */
  readonly leeway: Pick<Leeway, "telemetry">;
  /** intervalMs between two readings. Default 10 000. */
  readonly intervalMs?: number;
  /** onState is called once for each change, with the reason in words. */
  readonly onState?: (state: GpuState, reason: string) => void;
}

/** GpuSampler reads the GPUs of this machine at intervals. */
export interface GpuSampler {
  stats(): {
    readonly gpu: GpuState;
    readonly gpus: number;
    readonly readings: number;
    readonly reason: string;
  };
  stop(): void;
}

const QUERY_TIMEOUT_MS = 5_000;
/** Where there is no GPU the question is asked seldom, and answered again so that the page goes on knowing. */
const ABSENT_INTERVAL_MS = 900_000;

/**
 * createGpuSampler starts reading `nvidia-smi` and records gauges for each GPU (`gpu_utilization`, `gpu_memory_used_bytes`,
 * `gpu_power_watts` …) and `gpu_count`. Where there is no GPU it says so once and records `gpu_count` 0, nothing invented.
 */
export function createGpuSampler(
  options: GpuSamplerOptions,
  runtime: Pick<SdkRuntime, "schedule"> = systemRuntime(),
  query: QueryGpus = createNvidiaSmi(QUERY_TIMEOUT_MS),
): GpuSampler {
  const { leeway, intervalMs = 10_000, onState } = options;
  let state: GpuState = "unknown";
  let reason = "";
  let gpus = 0;
  let readings = 0;
  let isStopped = false;
  let fields = GPU_FIELDS;
  let cancel: CancelTimer = () => undefined;

  function enter(next: GpuState, why: string): void {
    const hasChanged = next !== state;
    state = next;
    reason = why;
    try {
      if (hasChanged) onState?.(next, why);
    } catch (error) {
      // The host's listener failed; sampling goes on.
      reason = `${why} (onState threw ${String(error)})`;
    }
  }

  function recordCount(count: number): void {
    gpus = count;
    leeway.telemetry({ metric: "gpu_count", kind: "gauge", unit: "1", value: count });
  }

  async function read(): Promise<void> {
    const outcome = await query(fields);
    if (isStopped) return;
    switch (outcome.kind) {
      case "answered": {
        const table = parseGpuTable(outcome.text, fields);
        for (const sample of table.samples) leeway.telemetry(sample);
        recordCount(table.gpus);
        readings++;
        return enter(table.gpus > 0 ? "present" : "absent", `${table.gpus} GPU`);
      }
      case "absent":
        recordCount(0);
        return enter("absent", outcome.reason);
      case "failed": {
        const invalid = findInvalidField(outcome.reason);
        if (invalid === null || !fields.includes(invalid)) return enter("failing", outcome.reason);
        // An older driver refuses the whole query for one field it doesn't know.
        fields = fields.filter((field) => field !== invalid);
        return read();
      }
      default:
        return outcome satisfies never;
    }
  }

  async function loop(): Promise<void> {
    try {
      await read();
    } catch (error) {
      enter("failing", String(error));
    }
    if (!isStopped)
      cancel = runtime.schedule(state === "absent" ? ABSENT_INTERVAL_MS : intervalMs, () => void loop());
  }

  void loop();
  return {
    stats: () => ({ gpu: state, gpus, readings, reason }),
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
