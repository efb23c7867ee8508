import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { recordPromises, startHost } from "../hosts/start-host.ts";
import { untilAcknowledging } from "../injectors/probe.ts";
import type { World } from "../processes/start-world.ts";
import { postJson } from "../traffic/post-json.ts";
import type { FaultCase } from "./fault-case.ts";

const BURST = 100;
const PAUSE_MS = 5_000;
const ASK_EVERY_MS = 5_000;
// What may come on top while requests are refused: nothing that grows with the outage.
const MOST_GROWTH_BYTES = 64 * 1024 * 1024;

/** engineAway returns a case that takes the engine away for minutes while a service records into its spool: all of it is delivered afterwards, and nothing is taken meanwhile. */
export function engineAway(minutes: number): FaultCase {
  return {
    name: `engine away for ${minutes} minutes`,
    isLong: true,
    isOnDemand: true,
    isRowsOnly: true,
    async run(context) {
      const { world, oracle, model } = context;
      const awayMs = minutes * 60_000;
      const spoolDir = join(world.folder.path, `spool-${model}`);
      mkdirSync(spoolDir, { recursive: true });
      const prefix = `${model}/host`;
      // It records for two more bursts than the engine is away.
      const count = BURST * (Math.ceil(awayMs / PAUSE_MS) + 2);
      const host = startHost(context, { url: world.url, spoolDir, prefix, count, pauseMs: PAUSE_MS });
      while (host.promised() === 0) await sleep(50);
      await world.engine.kill();
      const bytesBefore = await residentBytes(world);
      let refused = 0;
      let bytesAtMost = bytesBefore;
      for (const backAt = Date.now() + awayMs; Date.now() < backAt; await sleep(ASK_EVERY_MS)) {
        const answer = await postJson(`${world.url}/v1/predictions`, probeOf(model, refused), 20_000);
        refused++;
        if (answer.status !== 503 || answer.retryAfterMs === undefined)
          oracle.complains(
            `answered ${answer.status} (Retry-After ${answer.retryAfterMs}) without an engine`,
          );
        if (!(await fetch(`${world.url}/healthz`)).ok) oracle.complains("/healthz failed without an engine");
        bytesAtMost = Math.max(bytesAtMost, await residentBytes(world));
      }
      const promised = host.promised();
      await world.engine.start();
      const recoveryMs = await untilAcknowledging(world, model);
      await host.gone;
      recordPromises(context, prefix, count, count);
      const end = host.end();
      if (end?.isDelivered !== true || end.spooled > 0 || end.dropped > 0)
        oracle.complains(`the host ended with ${JSON.stringify(end)}`);
      if (bytesAtMost - bytesBefore > MOST_GROWTH_BYTES)
        oracle.complains(`ingest grew from ${bytesBefore} to ${bytesAtMost} bytes`);
      const mebibytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
      return {
        recoveryMs,
        note: `${refused} requests told to come back, ${promised} predictions in the host's spool by then; ingest ${mebibytes(bytesBefore)} MiB before, at most ${mebibytes(bytesAtMost)}`,
      };
    },
  };
}

function probeOf(model: string, n: number): string {
  const timestamp = Date.now();
  const prediction = { ...{ id: `away-${n}`, timestamp, model: `${model}-probe`, version: "1" } };
  return JSON.stringify({
    predictions: [{ ...prediction, features: { n }, prediction: { value: 1 } }],
  });
}

async function residentBytes(world: World): Promise<number> {
  const page = await (await fetch(`${world.url}/metrics`)).text();
  const bytes = /^process_resident_memory_bytes (\d+)/m.exec(page)?.[1];
  if (bytes === undefined) throw new Error("ingest does not say how much memory it takes");
  return Number(bytes);
}
