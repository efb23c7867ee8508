import { setTimeout as sleep } from "node:timers/promises";
import { untilAcknowledging } from "../injectors/probe.ts";
import type { FaultCase } from "./fault-case.ts";
import { sendUnderFault } from "./send-under-fault.ts";

const TABLES = ["predictions", "labels", "telemetry", "batches"];
const REFUSES_FOR_MS = 1_500;

/** refusingEngine lets the engine refuse every insert into one table after the other, as one that has too many parts: nothing may be given up for it. */
export const refusingEngine: FaultCase = {
  name: "engine refuses inserts (too many parts)",
  async run(context) {
    const { world, oracle, model } = context;
    const { client } = world.store;
    let recoveryMs = 0;
    const unlucky: string[] = [];
    await sendUnderFault(
      context,
      async () => {
        for (const table of TABLES) {
          await sleep(200);
          const before = oracle.tally.deferred;
          await client.command({
            query: `ALTER TABLE ${table} MODIFY SETTING parts_to_throw_insert = 1, parts_to_delay_insert = 1, max_delay_to_insert = 1, non_replicated_deduplication_window = 10000`,
          });
          await client.command({ query: `SYSTEM STOP MERGES ${table}` });
          await sleep(REFUSES_FOR_MS);
          await client.command({
            query: `ALTER TABLE ${table} RESET SETTING parts_to_throw_insert, parts_to_delay_insert, max_delay_to_insert`,
          });
          await client.command({ query: `SYSTEM START MERGES ${table}` });
          const startedAt = Date.now();
          if (oracle.tally.deferred === before) unlucky.push(table);
          recoveryMs = Math.max(recoveryMs, Date.now() - startedAt, await untilAcknowledging(world, model));
        }
      },
      { paceMs: 250 },
    );
    if (unlucky.includes("predictions")) oracle.complains("no insert was refused: the fault did not strike");
    return { recoveryMs, note: `${oracle.tally.deferred} requests told to come back; nothing restarted` };
  },
};
