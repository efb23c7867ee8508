import { describe, expect, it } from "vitest";
import { assessMaturity } from "./assess-maturity.ts";
import {
  expectedCoverage,
  expectedWindowCoverage,
  type LabelArrivalCurve,
  type LabelCohort,
  learnArrivalCurve,
} from "./label-arrival-curve.ts";
import { labelDelayBucket, labelDelayBucketUpperMs } from "./label-delay-bucket.ts";

const HOUR = 3_600_000;

/** cohort returns 1,000 predictions of which 80 % get labels evenly over the first ten hours, as seen at `ageMs`. */
function cohort(ageMs: number): LabelCohort {
  const counts = new Map<number, number>();
  for (let i = 0; i < 800; i++) {
    const delay = ((i + 0.5) / 800) * 10 * HOUR;
    if (delay <= ageMs) counts.set(labelDelayBucket(delay), (counts.get(labelDelayBucket(delay)) ?? 0) + 1);
  }
  return { predictions: 1000, ageMs, delayBuckets: [...counts.keys()], delayCounts: [...counts.values()] };
}

function curveOf(ages: number[]): LabelArrivalCurve {
  const learned = learnArrivalCurve(ages.map(cohort));
  if (learned.outcome !== "ok") throw new Error(learned.reason);
  return learned.curve;
}

describe("delay buckets", () => {
  it("hold a delay at or below their upper bound", () => {
    for (const delay of [1, 999, 1000, 1001, HOUR, 400 * 24 * HOUR]) {
      const bucket = labelDelayBucket(delay);
      expect(delay).toBeLessThanOrEqual(labelDelayBucketUpperMs(bucket) * (1 + 1e-12));
      if (bucket > 0) expect(delay).toBeGreaterThan(labelDelayBucketUpperMs(bucket - 1) * (1 - 1e-12));
    }
    expect(labelDelayBucket(-5)).toBe(0);
  });
});

describe("the arrival curve", () => {
  it("is learned from old cohorts as it is", () => {
    const curve = curveOf([100 * HOUR]);
    expect(curve.finalCoverage).toBeCloseTo(0.8, 10);
    expect(expectedCoverage(curve, 5 * HOUR)).toBeCloseTo(0.4, 1);
    expect(expectedCoverage(curve, 1000 * HOUR)).toBe(curve.finalCoverage);
    expect(expectedCoverage(curve, 0)).toBe(0);
  });

  it("is not pulled down by young cohorts whose labels are still on their way", () => {
    const withYoung = curveOf([100 * HOUR, 4 * HOUR, 1 * HOUR, 0]);
    expect(withYoung.finalCoverage).toBeCloseTo(0.8, 2);
    expect(expectedCoverage(withYoung, 5 * HOUR)).toBeCloseTo(
      expectedCoverage(curveOf([100 * HOUR]), 5 * HOUR),
      2,
    );
  });

  it("is not settled while the oldest predictions still get labels", () => {
    const young = curveOf([6 * HOUR]);
    expect(young.settled).toBe(false);
    expect(assessMaturity({ predictions: 100, labelled: 47, ageMs: 6 * HOUR, curve: young }).state).toBe(
      "waiting",
    );
    expect(curveOf([100 * HOUR]).settled).toBe(true);
  });

  it("averages over the ages within a window", () => {
    const curve = curveOf([100 * HOUR]);
    expect(expectedWindowCoverage(curve, 0, 10 * HOUR)).toBeCloseTo(0.4, 1);
  });

  it("is not learned from too few predictions, or without a label", () => {
    expect(
      learnArrivalCurve([{ predictions: 99, ageMs: HOUR, delayBuckets: [0], delayCounts: [99] }]).outcome,
    ).toBe("insufficient_data");
    expect(
      learnArrivalCurve([{ predictions: 500, ageMs: HOUR, delayBuckets: [], delayCounts: [] }]).outcome,
    ).toBe("insufficient_data");
  });
});

describe("a window", () => {
  const curve = curveOf([100 * HOUR]);

  it("waits while labels are still on their way", () => {
    const maturity = assessMaturity({ predictions: 100, labelled: 40, ageMs: 5 * HOUR, curve });
    expect(maturity.state).toBe("waiting");
    expect(maturity.mature).toBe(false);
    expect(maturity.reason).toContain("40 % of 100 predictions have labels");
  });

  it("is mature when it has what is usual in the end, though that is less than all", () => {
    expect(assessMaturity({ predictions: 100, labelled: 80, ageMs: 20 * HOUR, curve }).state).toBe("mature");
  });

  it("lacks labels when it is old enough and far below the usual coverage", () => {
    expect(assessMaturity({ predictions: 100, labelled: 20, ageMs: 20 * HOUR, curve }).state).toBe(
      "labels_missing",
    );
  });

  it("goes by the stated delay when there is one", () => {
    const stated = { predictions: 10, labelled: 5, labelDelayMs: HOUR };
    expect(assessMaturity({ ...stated, ageMs: HOUR - 1 }).state).toBe("waiting");
    expect(assessMaturity({ ...stated, ageMs: HOUR }).state).toBe("mature");
    expect(assessMaturity({ ...stated, labelled: 0, ageMs: HOUR }).state).toBe("labels_missing");
  });

  it("is never mature while nothing is known about the delay", () => {
    expect(assessMaturity({ predictions: 10, labelled: 10, ageMs: HOUR }).state).toBe("unknown");
    expect(assessMaturity({ predictions: 0, labelled: 0, ageMs: HOUR, curve }).mature).toBe(false);
  });
});
