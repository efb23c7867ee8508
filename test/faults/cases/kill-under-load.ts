import { setTimeout as sleep } from "node:timers/promises";
import { untilAcknowledging } from "../injectors/probe.ts";
import { untilJudging, type World } from "../processes/start-world.ts";
import type { CaseContext, FaultCase } from "./fault-case.ts";
import { sendUnderFault } from "./send-under-fault.ts";

type Victim = "engine" | "ingest" | "analyzer" | "redis";

/** killUnderLoad returns a case that kills one process (a random one of `victims`) at random moments and starts it again each time. */
export function killUnderLoad(name: string, victims: readonly Victim[]): FaultCase {
  return {
    name,
    async run(context) {
      const { world, random, strikes } = context;
      const killed: string[] = [];
      let recoveryMs = 0;
      await sendUnderFault(context, async () => {
        for (let strike = 0; strike < strikes; strike++) {
          await sleep(200 + random() * 900);
          const victim = victims[Math.floor(random() * victims.length)]!;
          killed.push(victim);
          const startedAt = Date.now();
          await world[victim].kill();
          await sleep(random() * 400);
          await world[victim].start();
          await untilRecovered(world, victim, context);
          recoveryMs = Math.max(recoveryMs, Date.now() - startedAt);
        }
      });
      return { recoveryMs, note: `killed ${killed.join(", ")}` };
    },
  };
}

// The analyzer has recovered when it judges again; everything else, when the next prediction is acknowledged.
async function untilRecovered(world: World, victim: Victim, { model }: CaseContext): Promise<void> {
  switch (victim) {
    case "analyzer":
      await untilJudging(world, 0);
      return;
    case "redis":
      await untilAcknowledging(world, model);
      await untilJudging(world, await world.passes());
      return;
    case "engine":
    case "ingest":
      await untilAcknowledging(world, model);
      return;
    default:
      victim satisfies never;
  }
}
