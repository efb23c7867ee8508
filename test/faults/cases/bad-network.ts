import { type Cut, startCuttingProxy, throughProxy } from "../injectors/cutting-proxy.ts";
import { sendTraffic } from "../traffic/send-traffic.ts";
import type { FaultCase } from "./fault-case.ts";

/** badNetwork puts a bad network between ingest and the engine: exchanges are held up, lose their answer after they took effect, or fall silent for good. */
export const badNetwork: FaultCase = {
  name: "bad network between ingest and engine",
  isLong: true,
  async run({ world, oracle, random, traffic }) {
    let isBad = false;
    const chooseCut = (): Cut => {
      const chance = isBad ? random() : 1;
      if (chance < 0.1) return { what: "delay", ms: 200 + random() * 1_500 };
      if (chance < 0.2) return { what: "answer" };
      if (chance < 0.22) return { what: "silence" };
      return { what: "nothing" };
    };
    const proxy = await startCuttingProxy(Number(new URL(world.engineUrl).port), chooseCut);
    const replica = await world.startReplica({ CLICKHOUSE_URL: throughProxy(proxy.url, world.engineUrl) });
    isBad = true;
    await sendTraffic(traffic(), oracle, {
      urlOf: () => replica.url,
      senders: 4,
      paceMs: 20,
      timeoutMs: 4_000,
      patienceMs: 90_000,
    });
    await replica.process.kill();
    await proxy.close();
    return {
      recoveryMs: undefined,
      note: `${proxy.cuts} exchanges held up or lost; ${oracle.tally.deferred} requests told to come back, ${oracle.tally.unanswered} unanswered`,
    };
  },
};
