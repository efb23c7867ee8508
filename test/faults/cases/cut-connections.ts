import { type Cut, startCuttingProxy } from "../injectors/cutting-proxy.ts";
import { sendTraffic } from "../traffic/send-traffic.ts";
import type { FaultCase } from "./fault-case.ts";

/** cutConnections breaks most connections off: in the middle of the request's head or body, or before the answer is back. Some senders never come again. */
export const cutConnections: FaultCase = {
  name: "connections cut mid-body",
  async run({ world, oracle, random, traffic }) {
    const chooseCut = (): Cut => {
      const chance = random();
      if (chance < 0.4) return { what: "request", afterBytes: Math.floor(random() * 9_000) };
      return { what: chance < 0.7 ? "answer" : "nothing" };
    };
    const proxy = await startCuttingProxy(Number(new URL(world.url).port), chooseCut);
    const all = traffic();
    // A label or a correction may be given up too: what was never acknowledged may be there or not.
    await sendTraffic(all, oracle, {
      urlOf: (attempt) => (attempt > 0 && random() < 0.1 ? undefined : proxy.url),
      senders: 4,
      paceMs: 10,
      timeoutMs: 4_000,
      patienceMs: 60_000,
    });
    await proxy.close();
    return { recoveryMs: undefined, note: `${proxy.cuts} connections cut` };
  },
};
