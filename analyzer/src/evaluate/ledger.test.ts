import { describe, expect, it } from "vitest";
import { ledgerProblems } from "./testing/ledger-problems.ts";
import { createLedgerWorld } from "./testing/ledger-world.ts";
import { createMemoryStore } from "./testing/memory-store.ts";
import { playHistory } from "./testing/play-history.ts";

// LEDGER_SEEDS plays more histories, LEDGER_FIRST_SEED one that failed.
const SEEDS = Number(process.env["LEDGER_SEEDS"] ?? 500);
const FIRST = Number(process.env["LEDGER_FIRST_SEED"] ?? 1);
const STEPS = 14;

describe("whatever happens", () => {
  it(
    `every alarm of an enabled monitor is in an incident or has a stored reason, and none is notified twice as new (${SEEDS} histories)`,
    async () => {
      for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
        const world = await createLedgerWorld(createMemoryStore());
        const played = await playHistory(world, seed, STEPS);
        const problems = await ledgerProblems(world);
        expect(problems, `seed ${seed}: ${played.join(", ")}`).toEqual([]);
      }
    },
    60_000 + SEEDS * 500,
  );
});
