import { readingsOf, SOURCES } from "@leeway/core/quantities";
import { findInvalidField } from "../../gpu/gpu-query.ts";
import { createNvidiaSmi, type GpuQueryOutcome } from "../../gpu/run-nvidia-smi.ts";
import type { ScrapeOutcome } from "../../scraping/endpoint/scrape-endpoint.ts";
import { toExposition } from "./to-exposition.ts";

const PREFIX = "nvidia_smi:";
const IDENTITY = ["index", "uuid", "name", "mig.mode.current"] as const;
const APP_FIELDS = ["gpu_uuid", "pid", "process_name", "used_gpu_memory"] as const;

/** ReadNvidiaSmi reads the GPUs of this machine as if they were an endpoint. */
export type ReadNvidiaSmi = (timeoutMs: number) => Promise<ScrapeOutcome>;

/** NvidiaSmiQuery runs one query of the command. */
export type NvidiaSmiQuery = (
  query: "gpu" | "compute-apps",
  fields: readonly string[],
  timeoutMs: number,
) => Promise<GpuQueryOutcome>;

/**
 * createNvidiaSmiReader returns a reader over the command. An older driver refuses a whole query for one field that it doesn't know: such fields are left out
 * from then on. Where there is no GPU the answer is a count of zero.
 */
export function createNvidiaSmiReader(
  command: string,
  query: NvidiaSmiQuery = runQuery(command),
): ReadNvidiaSmi {
  let fields = [...IDENTITY, ...askedFields()];
  async function readGpus(timeoutMs: number): Promise<GpuQueryOutcome> {
    for (;;) {
      const outcome = await query("gpu", fields, timeoutMs);
      const invalid = outcome.kind === "failed" ? findInvalidField(outcome.reason) : null;
      if (invalid === null || !fields.includes(invalid)) return outcome;
      fields = fields.filter((field) => field !== invalid);
    }
  }
  return async (timeoutMs) => {
    const gpus = await readGpus(timeoutMs);
    if (gpus.kind === "failed") return { kind: "failed", reason: "unreachable", message: gpus.reason };
    if (gpus.kind === "absent") return { kind: "read", exposition: toExposition(fields, "", APP_FIELDS, "") };
    const apps = await query("compute-apps", APP_FIELDS, timeoutMs);
    const text = apps.kind === "answered" ? apps.text : "";
    return { kind: "read", exposition: toExposition(fields, gpus.text, APP_FIELDS, text) };
  };
}

function runQuery(command: string): NvidiaSmiQuery {
  return (query, fields, timeoutMs) => createNvidiaSmi(timeoutMs, command, query)(fields);
}

function askedFields(): string[] {
  const alternatives = Object.values(SOURCES["nvidia-smi"].quantities).flat();
  const names = alternatives.flatMap((one) =>
    readingsOf(one).map(({ metric }) => metric.slice(PREFIX.length)),
  );
  const ownQuery = new Set<string>([...APP_FIELDS, "count"]);
  return [...new Set(names)].filter((name) => !ownQuery.has(name));
}
