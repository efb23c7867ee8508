import { sendTraffic } from "../traffic/send-traffic.ts";
import type { FaultCase } from "./fault-case.ts";

/** skewedClocks lets a fifth of the events come from clients whose clock is a day off, who send seconds for milliseconds, or a month ahead. */
export const skewedClocks: FaultCase = {
  name: "skewed client clocks",
  async run({ world, oracle, traffic }) {
    await sendTraffic(traffic({ skewedClocks: 0.2 }), oracle, {
      urlOf: () => world.url,
      senders: 4,
      paceMs: 20,
      timeoutMs: 10_000,
      patienceMs: 60_000,
    });
    return {
      recoveryMs: undefined,
      note: "a day fast or slow: kept; seconds as milliseconds, a month ahead: refused",
    };
  },
};
