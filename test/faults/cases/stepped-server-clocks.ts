import { setTimeout as sleep } from "node:timers/promises";
import { untilJudging } from "../processes/start-world.ts";
import type { FaultCase } from "./fault-case.ts";
import { sendUnderFault } from "./send-under-fault.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Ahead of the right time, milliseconds: ingest slow, ingest fast, both set back an hour, then right again. */
const STEPS = [
  { ingest: -5 * MINUTE, analyzer: 0 },
  { ingest: 5 * MINUTE, analyzer: -5 * MINUTE },
  { ingest: -HOUR, analyzer: -HOUR },
  { ingest: 0, analyzer: 0 },
];

/** steppedServerClocks sets the servers' clocks forth and back under load: rows that are stamped in the past belong into roll-ups all the same. */
export const steppedServerClocks: FaultCase = {
  name: "servers' clocks moved ahead and back",
  async run(context) {
    const { world, random } = context;
    let recoveryMs = 0;
    await sendUnderFault(context, async () => {
      for (const ahead of STEPS) {
        await sleep(400 + random() * 400);
        world.setClock("ingest", ahead.ingest);
        world.setClock("analyzer", ahead.analyzer);
        const startedAt = Date.now();
        await untilJudging(world, await world.passes(), 2);
        recoveryMs = Math.max(recoveryMs, Date.now() - startedAt);
      }
    });
    return { recoveryMs, note: "up to an hour; recovered when a second new pass had ended" };
  },
};
