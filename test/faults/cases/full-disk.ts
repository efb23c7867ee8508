import { setTimeout as sleep } from "node:timers/promises";
import { patience } from "../../machine/patience.ts";
import { fillDisk } from "../injectors/fill-disk.ts";
import { untilAcknowledging } from "../injectors/probe.ts";
import { untilJudging } from "../processes/start-world.ts";
import type { FaultCase } from "./fault-case.ts";
import { sendUnderFault } from "./send-under-fault.ts";

const FULL_FOR_MS = 3_000;
const PATIENCE_MS = patience(20_000);

/** fullDisk leaves not one free block on the disk that engine and Redis write to, then makes room again; nothing is restarted. */
export const fullDisk: FaultCase = {
  name: "full disk",
  unavailable: ({ folder }) => (folder.isSmallDisk ? undefined : "mounting a small disk is not allowed here"),
  async run(context) {
    const { world, oracle, model } = context;
    let recoveryMs = 0;
    const before = oracle.tally;
    await sendUnderFault(context, async () => {
      await sleep(800);
      const ballast = fillDisk(world.folder.path);
      const fullAt = Date.now();
      // On a slow machine it may take a while until somebody wants to write.
      while (
        Date.now() - fullAt < FULL_FOR_MS ||
        (before.deferred === 0 && Date.now() - fullAt < PATIENCE_MS)
      )
        await sleep(100);
      const passes = await world.passes();
      ballast.remove();
      recoveryMs = await untilAcknowledging(world, model);
      await untilJudging(world, passes);
    });
    if (before.deferred === 0) oracle.complains("no insert failed on a full disk: the fault did not strike");
    return {
      recoveryMs,
      note: `full for ${FULL_FOR_MS / 1_000} s or more; ${before.deferred} requests told to come back`,
    };
  },
};
