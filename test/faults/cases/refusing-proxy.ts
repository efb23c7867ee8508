import { setTimeout as sleep } from "node:timers/promises";
import { patience } from "../../machine/patience.ts";
import { type Cut, startCuttingProxy, throughProxy } from "../injectors/cutting-proxy.ts";
import { sendTraffic } from "../traffic/send-traffic.ts";
import type { FaultCase } from "./fault-case.ts";

const REFUSES_FOR_MS = 4_000;
const REFUSALS = [
  [164, "READONLY"],
  [241, "MEMORY_LIMIT_EXCEEDED"],
  [242, "TABLE_IS_READ_ONLY"],
  [243, "NOT_ENOUGH_SPACE"],
] as const;

/** refusingProxy answers everything that ingest asks of the engine as one that is read-only, short of memory or of disk would, for a while. */
export const refusingProxy: FaultCase = {
  name: "engine refuses everything (memory, read-only)",
  isLong: true,
  async run({ world, oracle, random, traffic }) {
    let isRefusing = false;
    const chooseCut = (): Cut => {
      if (!isRefusing) return { what: "nothing" };
      const [code, type] = REFUSALS[Math.floor(random() * REFUSALS.length)]!;
      return { what: "answered", by: refusal(code, type) };
    };
    const proxy = await startCuttingProxy(Number(new URL(world.engineUrl).port), chooseCut);
    const replica = await world.startReplica({ CLICKHOUSE_URL: throughProxy(proxy.url, world.engineUrl) });
    let recoveryMs = 0;
    const sending = sendTraffic(traffic(), oracle, {
      urlOf: () => replica.url,
      senders: 4,
      paceMs: 120,
      timeoutMs: 5_000,
      patienceMs: 60_000,
    });
    await sleep(800);
    isRefusing = true;
    await sleep(REFUSES_FOR_MS);
    isRefusing = false;
    const before = oracle.tally.settled;
    const thawedAt = Date.now();
    while (oracle.tally.settled === before && Date.now() - thawedAt < patience(30_000)) await sleep(20);
    recoveryMs = Date.now() - thawedAt;
    await sending;
    if (oracle.tally.deferred === 0) oracle.complains("nothing was refused: the fault did not strike");
    await replica.process.kill();
    await proxy.close();
    return {
      recoveryMs,
      note: `for ${REFUSES_FOR_MS / 1_000} s; ${oracle.tally.deferred} requests told to come back`,
    };
  },
};

function refusal(code: number, type: string): string {
  const body = `Code: ${code}. DB::Exception: refused by the harness. (${type})\n`;
  return [
    "HTTP/1.1 500 Internal Server Error",
    "content-type: text/plain; charset=UTF-8",
    `x-clickhouse-exception-code: ${code}`,
    `content-length: ${body.length}`,
    "connection: close",
    "",
    body,
  ].join("\r\n");
}
