import { describe, expect, it } from "vitest";
import { createRandom, drawNormal } from "../random/index.ts";
import { errorChanges } from "./error-changes.ts";

const random = createRandom(5);
const bits = (rates: readonly number[]) =>
  rates.map((rate, i) => ({ at: i * 1_000, error: random() < rate ? 1 : 0 }));
const steady = new Array<number>(2_000).fill(0.1);
const worse = new Array<number>(2_000).fill(0.4);

describe("changes of a model's errors", () => {
  it("are found by all three detectors where a classifier gets worse, soon after it did", () => {
    const found = errorChanges({ input: "bits", errors: bits([...steady, ...worse]) });
    for (const detector of ["adwin", "ddm", "page_hinkley"]) {
      const first = found.find((one) => one.detector === detector && one.at >= 2_000_000);
      expect([detector, first?.direction, (first?.at ?? Number.NaN) < 2_600_000]).toEqual([
        detector,
        "up",
        true,
      ]);
    }
    expect(found.map(({ at }) => at)).toEqual(found.map(({ at }) => at).sort((a, b) => a - b));
  });

  it("are found where a classifier gets better, by those that look both ways", () => {
    const found = errorChanges({ input: "bits", errors: bits([...worse, ...steady]) });
    expect(found.filter(({ direction }) => direction === "down").map(({ detector }) => detector)).toContain(
      "adwin",
    );
  });

  it("of a regressor do not depend on the unit of its errors, and DDM has no say", () => {
    const errors = Array.from({ length: 4_000 }, (_, i) => ({
      at: i,
      error: Math.abs((i < 2_000 ? 1 : 2) * drawNormal(random)),
    }));
    const found = errorChanges({ input: "numbers", errors });
    expect(found.find(({ at }) => at >= 2_000)?.direction).toBe("up");
    expect(found.some(({ detector }) => detector === "ddm")).toBe(false);
    const inMetres = errors.map(({ at, error }) => ({ at, error: 1_024 * error }));
    expect(errorChanges({ input: "numbers", errors: inMetres })).toEqual(found);
  });

  it("are none without errors, or without a label", () => {
    expect(errorChanges({ input: "numbers", errors: [] })).toEqual([]);
    expect(errorChanges({ input: "bits", errors: bits(new Array(3_000).fill(0)) })).toEqual([]);
  });
});
