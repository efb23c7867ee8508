import { describe, expect, test } from "vitest";
import { createRandom, drawNormal } from "../../random/index.ts";
import { addSamples, type FeatureSample } from "./feature-sample.ts";
import { type DatedSample, fitSeasons } from "./fit-seasons.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ROWS = 500;

// A category of two values; `share` of the rows are the first.
function windowsOf(count: number, windowMs: number, share: (index: number) => number): DatedSample[] {
  return Array.from({ length: count }, (_, index) => {
    const first = Math.round(ROWS * share(index));
    const sample: FeatureSample = {
      bins: [first, ROWS - first, 0, 0],
      ...{ valid: ROWS, missing: 0, wrongType: 0, locationSum: 0, spreadSum: 0 },
    };
    return { start: Date.UTC(2024, 0, 1) + index * windowMs, sample };
  });
}

function seasonOf(windows: readonly DatedSample[], windowMs: number) {
  const whole = windows.map(({ sample }) => sample).reduce(addSamples);
  return fitSeasons(windows, whole, windowMs)?.best.season;
}

describe("fitSeasons", () => {
  test("finds days that repeat, weekends, and weeks whose every hour is its own", () => {
    const random = createRandom(3);
    const noise = () => 0.02 * drawNormal(random);
    const daily = (hour: number) => 0.5 + 0.2 * Math.sin((2 * Math.PI * hour) / 24);
    expect(
      seasonOf(
        windowsOf(7 * 24, HOUR_MS, (index) => daily(index) + noise()),
        HOUR_MS,
      ),
    ).toBe("hour_of_day");
    const weekend = (index: number) => (index % 7 >= 5 ? 0.3 : 0.5) + noise();
    expect(seasonOf(windowsOf(28, DAY_MS, weekend), DAY_MS)).toBe("day_of_week");
    const both = (index: number) => (Math.floor(index / 24) % 7 >= 5 ? 0.5 : daily(index)) + noise();
    expect(seasonOf(windowsOf(28 * 24, HOUR_MS, both), HOUR_MS)).toBe("hour_of_week");
  });

  test("takes no chance likeness of four Mondays for a rhythm where a feature stays elsewhere for days", () => {
    const seasons = Array.from({ length: 300 }, (_, seed) => {
      const random = createRandom(seed + 1);
      let level = drawNormal(random);
      const wandering = () => {
        level = 0.9 * level + Math.sqrt(1 - 0.9 ** 2) * drawNormal(random);
        return level > 1 ? 0.02 : 0.98;
      };
      return seasonOf(windowsOf(28, DAY_MS, wandering), DAY_MS);
    });
    expect(seasons.filter((season) => season === "day_of_week").length).toBeLessThanOrEqual(2);
  });

  test("has nothing to say of a single window", () => {
    const [one] = windowsOf(1, DAY_MS, () => 0.5);
    expect(fitSeasons([one!], one!.sample, DAY_MS)).toBeUndefined();
  });
});
