import type { SdkRuntime } from "../runtime.ts";
import { openSpool, type SpoolOptions } from "./open-spool.ts";
import { readStartId } from "./process-identity.ts";
import type { Spool, SpoolEvents } from "./spool.ts";

/**
 * openPlatformSpool opens a spool on this machine's disk. `node:fs` and `node:os` are loaded here, so that a client without
 * a spool needs neither.
 *
 * @param token tells this client apart from others in the same process
 */
export async function openPlatformSpool(
  options: SpoolOptions,
  token: string,
  runtime: Pick<SdkRuntime, "now" | "schedule">,
  events: SpoolEvents,
): Promise<Spool> {
  const [fs, os] = await Promise.all([import("node:fs"), import("node:os")]);
  const startIdOf = (pid: number): string | null => readStartId(fs, pid);
  const { pid } = process;
  return openSpool(options, {
    fs,
    owner: { host: os.hostname(), pid, startId: startIdOf(pid) ?? "0", token },
    startIdOf,
    now: runtime.now,
    schedule: runtime.schedule,
    events,
  });
}
