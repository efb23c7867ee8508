import { setTimeout as sleep } from "node:timers/promises";
import { untilJudging } from "../processes/start-world.ts";
import type { FaultCase } from "./fault-case.ts";
import { sendUnderFault } from "./send-under-fault.ts";

/** fullRedis lets Redis refuse every write for want of memory for some seconds, while jobs run and quotas are counted. */
export const fullRedis: FaultCase = {
  name: "Redis out of memory",
  async run(context) {
    const { world, random, strikes } = context;
    let recoveryMs = 0;
    let fullMs = 0;
    await sendUnderFault(context, async () => {
      for (let strike = 0; strike < strikes; strike++) {
        await sleep(300 + random() * 1_000);
        await world.limitRedis("1");
        const lastsMs = 3_000 + random() * 3_000;
        await sleep(lastsMs);
        fullMs += lastsMs;
        await world.limitRedis("0");
        const startedAt = Date.now();
        await untilJudging(world, await world.passes(), 2);
        recoveryMs = Math.max(recoveryMs, Date.now() - startedAt);
      }
    });
    return {
      recoveryMs,
      note: `full for ${(fullMs / 1_000).toFixed(0)} s; recovered when a second new pass had ended`,
    };
  },
};
