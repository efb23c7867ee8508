import { setTimeout as sleep } from "node:timers/promises";
import { patience } from "../../machine/patience.ts";
import { untilAcknowledging } from "../injectors/probe.ts";
import type { FaultCase } from "./fault-case.ts";
import { sendUnderFault } from "./send-under-fault.ts";

/** freezeEngine returns a case that stops the engine for `seconds`, longer than anyone waits for it: inserts may succeed after they were given up. */
export function freezeEngine(name: string, seconds: number, isLong: boolean): FaultCase {
  return {
    name,
    isLong,
    async run(context) {
      const { world, random, oracle, model } = context;
      let recoveryMs = 0;
      let slowestHealthMs = 0;
      await sendUnderFault(
        context,
        async () => {
          await sleep(300 + random() * 700);
          world.engine.freeze();
          const thawAt = Date.now() + seconds * 1_000;
          while (Date.now() < thawAt) {
            const askedAt = Date.now();
            const health = await fetch(`${world.url}/healthz`, {
              signal: AbortSignal.timeout(patience(5_000)),
            });
            slowestHealthMs = Math.max(slowestHealthMs, Date.now() - askedAt);
            if (!health.ok)
              oracle.complains(`/healthz answered ${health.status} while the engine was frozen`);
            await sleep(500);
          }
          world.engine.thaw();
          recoveryMs = await untilAcknowledging(world, model);
        },
        { timeoutMs: 2_500 },
      );
      return { recoveryMs, note: `frozen for ${seconds} s; /healthz within ${slowestHealthMs} ms meanwhile` };
    },
  };
}
