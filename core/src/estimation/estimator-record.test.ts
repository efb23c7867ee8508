import { describe, expect, it } from "vitest";
import { createRandom, drawNormal } from "../random/index.ts";
import {
  type EstimateHistory,
  learnEstimatorError,
  scoreEstimator,
  trustEstimate,
  widenEstimate,
} from "./estimator-record.ts";

const window = (realised: number): EstimateHistory => ({
  estimated: 0.8,
  standardError: 0.01,
  ciLow: 0.78,
  ciHigh: 0.82,
  realised,
});
const estimate = { outcome: "ok", value: 0.8, ciLow: 0.78, ciHigh: 0.82, standardError: 0.01 } as const;

describe("an estimator's record", () => {
  it("says how often the realised value was within the band", () => {
    const record = scoreEstimator([...new Array(13).fill(0.8), 0.9].map(window));
    if (!("trust" in record)) throw new Error(record.reason);
    expect(record.reason).toBe("has been within its band in 93 % of 14 windows");
    expect(record.trust).toBe("trusted");
    expect(record.shareLow).toBeLessThan(0.93);
  });

  it("breaks when the last windows are outside, however good it was before, and then no number is shown", () => {
    const record = scoreEstimator([...new Array(40).fill(0.8), 0.7, 0.7, 0.69, 0.7].map(window));
    expect("trust" in record && record.trust).toBe("broken");
    const trusted = trustEstimate(estimate, record, null);
    expect(trusted.outcome).toBe("unreliable");
    expect("reason" in trusted && trusted.reason).toContain("outside in 4 of the last 8");
  });

  it("is unproven below five windows, and empty without one", () => {
    expect(scoreEstimator([window(0.8)])).toMatchObject({ trust: "unproven" });
    expect(scoreEstimator([])).toMatchObject({ outcome: "insufficient_data" });
    expect(trustEstimate(estimate, scoreEstimator([]), null).outcome).toBe("ok");
  });

  it("shows no estimate while concept drift is known", () => {
    const trusted = trustEstimate(estimate, scoreEstimator([window(0.8)]), { since: "2026-02-14" });
    expect(trusted).toMatchObject({ outcome: "unreliable" });
    expect("reason" in trusted && trusted.reason).toContain("2026-02-14");
  });

  it("widens bands by what windows vary beyond them, so that they keep their promise", () => {
    const random = createRandom(71);
    const draw = () => window(0.8 + 0.03 * drawNormal(random));
    const error = learnEstimatorError(Array.from({ length: 60 }, draw));
    const wide = widenEstimate(estimate, error);
    if (wide.outcome !== "ok") throw new Error("no estimate");
    let within = 0;
    for (let i = 0; i < 400; i++) {
      const { realised } = draw();
      if (realised >= wide.ciLow && realised <= wide.ciHigh) within++;
    }
    expect(within / 400).toBeGreaterThan(0.92);
    expect(wide.standardError).toBe(estimate.standardError);
    expect(widenEstimate(estimate, learnEstimatorError([]))).toBe(estimate);
  });
});
