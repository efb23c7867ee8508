import { expect, it } from "vitest";
import { createTellStarvation } from "./tell-starvation.ts";

it("tells of a model that waits for its pass after ten minutes, and again every ten minutes", () => {
  const tell = createTellStarvation();
  const lags = (minutes: number) =>
    new Map([
      ["flights", minutes * 60_000],
      ["fares", 0],
    ]);
  expect(tell(lags(9), 0)).toBeUndefined();
  expect(tell(lags(10), 1)).toMatch(/^1 model waits for a pass for 10 minutes or more, flights for 10\./);
  expect(tell(lags(15), 300_000)).toBeUndefined();
  expect(tell(lags(20), 600_001)).toMatch(/flights for 20\./);
});
