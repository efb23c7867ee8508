import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { CaseContext } from "../cases/fault-case.ts";
import { ROOT } from "../processes/managed-process.ts";
import { API_KEY } from "../processes/start-world.ts";
import { promisedPrediction } from "./promised-events.ts";

const lineSchema = z.union([
  z.object({ promised: z.number() }),
  z.object({ isDelivered: z.boolean(), spooled: z.number(), accepted: z.number(), dropped: z.number() }),
]);

/** Host is a running service with the SDK. */
export interface Host {
  child: ChildProcess;
  gone: Promise<unknown>;
  promised(): number;
  end(): { isDelivered: boolean; spooled: number; dropped: number } | undefined;
}

/** startHost starts a service that records `count` predictions, a hundred at a time with a pause after each, and delivers them to `url`, by way of `spoolDir`. */
export function startHost(
  { model, today }: CaseContext,
  options: { url: string; spoolDir: string; prefix: string; count: number; pauseMs?: number },
): Host {
  const { url, spoolDir, prefix, count, pauseMs = 0 } = options;
  const main = join(ROOT, "test/faults/hosts/sdk-host.ts");
  const args = [url, API_KEY, spoolDir, model, prefix, String(count), String(today), String(pauseMs)];
  const child = spawn(process.execPath, ["--import", "tsx", main, ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let promised = 0;
  let end: ReturnType<Host["end"]>;
  createInterface({ input: child.stdout! }).on("line", (text) => {
    const line = lineSchema.parse(JSON.parse(text));
    if ("promised" in line) promised = line.promised;
    else end = line;
  });
  return { child, gone: once(child, "close"), promised: () => promised, end: () => end };
}

/** recordPromises tells the oracle which of a host's predictions may be stored, and that the first `promised` of them must be. */
export function recordPromises(
  { oracle, today }: CaseContext,
  prefix: string,
  promised: number,
  count: number,
): void {
  for (let n = 0; n < count; n++) oracle.takes(promisedPrediction(prefix, n, today), n < promised);
}
