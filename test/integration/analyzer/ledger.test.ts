import { createTestDatabase } from "@leeway/store/testing";
import { describe, expect, it } from "vitest";
import { ledgerProblems } from "../../../analyzer/src/evaluate/testing/ledger-problems.ts";
import { createLedgerWorld, FROM } from "../../../analyzer/src/evaluate/testing/ledger-world.ts";
import { playHistory } from "../../../analyzer/src/evaluate/testing/play-history.ts";

describe("over the engine, whatever happens", () => {
  it.each([54, 7, 35])(
    "every alarm is in an incident or has a stored reason, and none is notified twice as new (history %i)",
    async (seed) => {
      const clock = { now: () => FROM };
      const database = await createTestDatabase({ now: () => clock.now() });
      const world = await createLedgerWorld(database.store);
      clock.now = () => world.clock.now;
      const played = await playHistory(world, seed, 10);
      expect(await ledgerProblems(world), played.join(", ")).toEqual([]);
      await database.close();
    },
  );
});
