import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { patience } from "../../machine/patience.ts";
import { type Host, recordPromises, startHost } from "../hosts/start-host.ts";
import type { CaseContext, CaseOutcome, FaultCase } from "./fault-case.ts";

const PER_HOST = 600;

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
    const host = startHost(context, { url: world.url, spoolDir, prefix, count: PER_HOST });
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
  const heir = startHost(context, { url: world.url, spoolDir, prefix: `${context.model}/heir`, count: 100 });
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

async function promisedUpTo(host: Host, count: number): Promise<void> {
  for (const deadline = Date.now() + patience(30_000); host.promised() < count; ) {
    if (Date.now() > deadline || host.child.exitCode !== null) throw new Error("the host promised nothing");
    await sleep(2);
  }
}
