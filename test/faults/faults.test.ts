import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { patience } from "../machine/patience.ts";
import { ALL_CASES } from "./cases/all-cases.ts";
import { promisedPrediction } from "./hosts/promised-events.ts";
import { judgeAnalysis } from "./oracle/judge-analysis.ts";
import { judgeRows } from "./oracle/judge-rows.ts";
import { Oracle } from "./oracle/oracle.ts";
import { settle } from "./oracle/settle.ts";
import { startWorld, type World } from "./processes/start-world.ts";
import { figuresLine } from "./report/figures.ts";
import { runCase } from "./run-case.ts";

const SEED = 1;
// Roll-ups are worked out once more when their rows have been quiet for a minute: the judge's clock says that it has passed.
const JUDGE_AHEAD_MS = 120_000;
const judged: string[] = [];
// What takes seconds alone may take minutes beside everything else that a machine does.
const PATIENCE_MS = patience(300_000);
let world: World;

beforeAll(async () => {
  world = await startWorld({ diskMebibytes: 512, judgeAheadMs: JUDGE_AHEAD_MS });
});
afterAll(() => world.stop());

describe("what was acknowledged is stored once, and nothing else", () => {
  for (const fault of ALL_CASES.filter(({ isLong }) => isLong !== true)) {
    it(
      `under this fault: ${fault.name}`,
      async (test) => {
        const reason = fault.unavailable?.(world);
        if (reason !== undefined) {
          process.stdout.write(`${fault.name}: not run, ${reason}\n`);
          test.skip(reason);
        }
        const figures = await runCase(world, fault, { seed: SEED, predictions: 2_000, strikes: 1 });
        if (fault.isRowsOnly !== true) judged.push(figures.model);
        process.stdout.write(`${figuresLine(figures)}\n`);
        expect(figures.acknowledged).toBeGreaterThan(500);
        expect(figures.problems, figures.problems.join("; ")).toEqual([]);
        expect(figures.lost).toBe(0);
      },
      PATIENCE_MS,
    );
  }

  it("which a judge would not say who was sent one event too many, or asked about nothing", async () => {
    const tooMany = new Oracle();
    tooMany.takes(promisedPrediction("never-sent", 1, 0), true);
    const found = await judgeRows(world, judged[0]!, tooMany);
    expect(found.lost).toBe(1);
    expect(found.unexpected).toBe(found.stored + found.labels + found.samples);
    expect(found.problems.join()).toMatch(/1 lost.*unexpected/);
    expect((await judgeAnalysis(world, "no-such-model")).length).toBeGreaterThan(0);
  });

  it(
    "in joined labels, roll-ups and verdicts too, and no incident is left of what was late",
    async () => {
      const problems = await settle(world, judged, judgeAnalysis, patience(120_000));
      expect(problems, problems.join("; ")).toEqual([]);
    },
    PATIENCE_MS,
  );
});
