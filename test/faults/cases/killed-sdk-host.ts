import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { promisedPrediction } from "../hosts/promised-events.ts";
import { ROOT } from "../processes/managed-process.ts";
import { API_KEY } from "../processes/start-world.ts";
import type { CaseContext, CaseOutcome, FaultCase } from "./fault-case.ts";

const PER_HOST = 600;
const lineSchema = z.union([
  z.object({ promised: z.number() }),
  z.object({ isDelivered: z.boolean(), spooled: z.number(), accepted: z.number(), dropped: z.number() }),
]);

/** killedSdkHost returns a case that kills services which record into a spool, ingest away half of the time; the next one delivers what was promised, once. */
export function killedSdkHost(name: string, hurtSpool?: (spoolDir: string) => number): FaultCase {
  return { name, isRowsOnly: true, fewestStrikes: 2, run: (context) => killHosts(context, hurtSpool) };
}

async function killHosts(
  context: CaseContext,
  hurtSpool: ((spoolDir: string) => number) | undefined,
): Promise<CaseOutcome> {
  const { world, random, strikes } = context;
  const spoolDir = join(world.folder.path, `spool-${context.model}`);
  mkdirSync(spoolDir, { recursive: true });
  let promisedOfKilled = 0;
  let damages = 0;
  for (let strike = 0; strike < strikes; strike++) {
    const isAway = strike % 2 === 1;
    if (isAway) await world.ingest.kill();
    const prefix = `${context.model}/${strike}`;
    const host = startHost(context, spoolDir, prefix, PER_HOST);
    const until = 100 * (1 + Math.floor(random() * (PER_HOST / 100 - 1)));
    await promisedUpTo(host, until);
    await sleep(random() * 60);
    host.child.kill("SIGKILL");
    await host.gone;
    promisedOfKilled += host.promised();
    recordPromises(context, prefix, host.promised(), PER_HOST);
    if (isAway) damages += hurtSpool?.(spoolDir) ?? 0;
    if (isAway) await world.ingest.start();
  }
  const startedAt = Date.now();
  const heir = startHost(context, spoolDir, `${context.model}/heir`, 100);
  await heir.gone;
  recordPromises(context, `${context.model}/heir`, 100, 100);
  const end = heir.end();
  if (end?.isDelivered !== true || end.spooled > 0 || end.dropped > 0)
    context.oracle.complains(`the last host ended with ${JSON.stringify(end)}`);
  if (hurtSpool !== undefined && damages === 0) context.oracle.complains("no spool was damaged");
  const hurt = damages === 0 ? "" : `, ${damages} spool files torn and flipped`;
  return {
    recoveryMs: Date.now() - startedAt,
    note: `${strikes} hosts killed with ${promisedOfKilled} predictions promised${hurt}; recovered when the heir had delivered all`,
  };
}

interface Host {
  child: ChildProcess;
  gone: Promise<unknown>;
  promised(): number;
  end(): { isDelivered: boolean; spooled: number; dropped: number } | undefined;
}

function startHost(
  { world, model, today }: CaseContext,
  spoolDir: string,
  prefix: string,
  count: number,
): Host {
  const main = join(ROOT, "test/faults/hosts/sdk-host.ts");
  const args = [world.url, API_KEY, spoolDir, model, prefix, String(count), String(today)];
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

async function promisedUpTo(host: Host, count: number): Promise<void> {
  for (const deadline = Date.now() + 30_000; host.promised() < count; ) {
    if (Date.now() > deadline || host.child.exitCode !== null) throw new Error("the host promised nothing");
    await sleep(2);
  }
}

function recordPromises(
  { oracle, today }: CaseContext,
  prefix: string,
  promised: number,
  count: number,
): void {
  for (let n = 0; n < count; n++) oracle.takes(promisedPrediction(prefix, n, today), n < promised);
}
