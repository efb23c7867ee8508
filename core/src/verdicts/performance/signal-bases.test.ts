import { describe, expect, it } from "vitest";
import { maturityBasis } from "./signal-bases.ts";

const DAY = 86_400_000;
const COUNTS = { predictions: 100, coverage: 0.5, expectedCoverage: null };

describe("what is kept of a window's maturity", () => {
  it("does not go on changing with the window's age, or every pass would revise its verdict", () => {
    const at = (ageMs: number) => maturityBasis({ ...COUNTS, ageMs, finalCoverage: 0.9, isSettled: true });
    expect(at(30 * DAY)).toEqual(at(2 * DAY));
  });

  it("keeps the age as long as a stated label delay is not over, and which delay that is", () => {
    const at = (ageMs: number) =>
      maturityBasis({ ...COUNTS, ageMs, labelDelayMs: 3 * DAY, finalCoverage: null });
    expect(at(DAY)).toMatchObject({ age_ms: DAY, label_delay_ms: 3 * DAY });
    expect(at(4 * DAY)).toMatchObject({ age_ms: 3 * DAY });
    expect(at(30 * DAY)).toEqual(at(4 * DAY));
  });
});
