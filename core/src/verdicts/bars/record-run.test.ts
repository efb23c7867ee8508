import { expect, test } from "vitest";
import { createRandom, drawNormal } from "../../random/index.ts";
import { recordRun } from "./record-run.ts";

test.each([
  { windows: 28, correlation: 0, tail: 1e-4, run: 5 },
  { windows: 28, correlation: 0.6, tail: 1e-4, run: 18 },
  { windows: 672, correlation: 0.6, tail: 4e-6, run: 9 },
  { windows: 7, correlation: 0.8, tail: 1e-4, run: 7 },
])("$windows windows at a correlation of $correlation ask for $run beyond them", ({ run, ...input }) => {
  expect(recordRun(input)).toBe(run);
});

test.each([0, 0.5, 0.8])(
  "a level that wanders by itself (correlation %d) stays beyond its past so long in hardly any month",
  (correlation) => {
    const random = createRandom(11);
    const needed = recordRun({ windows: 28, correlation, tail: 1e-4 });
    const months = 2_000;
    let alarms = 0;
    for (let month = 0; month < months; month++) {
      let level = drawNormal(random);
      const next = () => {
        level = correlation * level + Math.sqrt(1 - correlation ** 2) * drawNormal(random);
        return level;
      };
      const past = Array.from({ length: 28 }, next);
      const [low, high] = [Math.min(...past), Math.max(...past)];
      let run = 0;
      for (let day = 0; day < 30; day++) {
        const now = next();
        run = now < low || now > high ? run + 1 : 0;
        if (run === needed) alarms++;
      }
    }
    expect(alarms / months).toBeLessThan(0.01);
  },
);
