import { setTimeout as sleep } from "node:timers/promises";
import { untilJudging } from "../processes/start-world.ts";
import type { FaultCase } from "./fault-case.ts";
import { sendUnderFault } from "./send-under-fault.ts";

/** emptiedRedis empties Redis while jobs run, then kills it and starts one that remembers nothing. */
export const emptiedRedis: FaultCase = {
  name: "Redis emptied and restarted empty",
  fewestStrikes: 2,
  async run(context) {
    const { world, random, strikes } = context;
    let recoveryMs = 0;
    await sendUnderFault(context, async () => {
      for (let strike = 0; strike < strikes; strike++) {
        await sleep(300 + random() * 1_000);
        const passes = await world.passes();
        const startedAt = Date.now();
        if (strike % 2 === 0) await world.flushRedis();
        else {
          await world.redis.kill();
          world.forgetRedis();
          await world.redis.start();
        }
        await untilJudging(world, passes, 2);
        recoveryMs = Math.max(recoveryMs, Date.now() - startedAt);
      }
    });
    return { recoveryMs, note: `${strikes} times; recovered when a second new pass had ended` };
  },
};
