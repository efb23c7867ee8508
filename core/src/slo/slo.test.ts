import { describe, expect, it } from "vitest";
import {
  assessBurnRate,
  budgetFraction,
  burnRate,
  checkObjective,
  checkRuleReach,
  countAtMost,
  cumulativeQuantile,
  DEFAULT_BURN_RATE_RULES,
  errorBudget,
  LAST_LATENCY_BUCKET,
  type LatencyHistogram,
  latencyBucket,
  latencyBucketUpperMs,
  latencyQuantile,
  timeToExhaustion,
} from "./index.ts";

const fast = DEFAULT_BURN_RATE_RULES[0]!;

describe("objectives", () => {
  it("refuses a target of 100 % because it leaves no budget", () => {
    expect(checkObjective({ target: 1, periodMs: 1 }).outcome).toBe("refused");
    expect(checkObjective({ target: 0.999, periodMs: 1 }).outcome).toBe("ok");
    expect(checkObjective({ target: Number.NaN, periodMs: 1 }).outcome).toBe("refused");
  });

  it("takes the budget from the decimal the user wrote", () => {
    expect(budgetFraction(0.999)).toBe(0.001);
    expect(budgetFraction(0.9999)).toBe(0.0001);
  });
});

describe("burn-rate rules", () => {
  it("names a rule that even a full outage cannot fire", () => {
    expect(checkRuleReach(fast, 0.9).outcome).toBe("never_fires");
    expect(checkRuleReach(fast, 0.99).outcome).toBe("can_fire");
    expect(checkRuleReach({ ...fast, factor: 10 }, 0.9).outcome).toBe("never_fires");
  });

  it("does not fire when a window burns at exactly the factor", () => {
    const exactly = { good: 5000 - 72, total: 5000 };
    const above = { good: 5000 - 73, total: 5000 };
    expect(assessBurnRate({ rule: fast, target: 0.999, long: exactly, short: above }).state).toBe("ok");
    expect(assessBurnRate({ rule: fast, target: 0.999, long: above, short: exactly }).state).toBe("ok");
    expect(assessBurnRate({ rule: fast, target: 0.999, long: above, short: above }).state).toBe("firing");
  });

  it("does not page for one failure among few requests, and says so", () => {
    const verdict = assessBurnRate({
      rule: fast,
      target: 0.999,
      long: { good: 9, total: 10 },
      short: { good: 0, total: 1 },
    });
    expect(verdict.state).toBe("insufficient_events");
    expect(verdict.reason).toContain("1 of 10 requests were bad in 1h; so few can be chance");
  });

  it("has no value, and so no alert, without traffic", () => {
    expect(burnRate({ good: 0, total: 0 }, 0.99).outcome).toBe("insufficient_data");
    const verdict = assessBurnRate({
      rule: fast,
      target: 0.99,
      long: { good: 0, total: 100 },
      short: { good: 0, total: 0 },
    });
    expect(verdict.state).toBe("no_data");
    expect(verdict.shortBurn).toBeNull();
  });
});

describe("error budget", () => {
  it("goes below zero when overspent", () => {
    const budget = errorBudget({ good: 970, total: 1000 }, 0.99);
    expect(budget.outcome === "ok" && budget.remaining).toBeCloseTo(-2, 10);
  });

  it("lasts longer the slower it burns, and forever without failures", () => {
    const objective = { target: 0.99, periodMs: 1000 };
    const burning = burnRate({ good: 98, total: 100 }, 0.99);
    expect(timeToExhaustion(0.5, burning, objective)).toEqual({ outcome: "in", timeMs: 250 });
    expect(timeToExhaustion(0.5, burnRate({ good: 1, total: 1 }, 0.99), objective).outcome).toBe("never");
    expect(timeToExhaustion(-0.1, burning, objective).outcome).toBe("exhausted");
  });
});

describe("latency quantiles", () => {
  const histogramOf = (latencies: number[]): LatencyHistogram => {
    const counts = new Map<number, number>();
    for (const latency of latencies) {
      const bucket = latencyBucket(latency);
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    }
    const buckets = [...counts.keys()].sort((a, b) => a - b);
    return { buckets, counts: buckets.map((bucket) => counts.get(bucket)!) };
  };

  it("stay within five per cent of the exact quantile", () => {
    const latencies = Array.from({ length: 2000 }, (_, i) => 3 * 1.004 ** i);
    const histogram = histogramOf(latencies);
    for (const q of [0.5, 0.9, 0.95, 0.99]) {
      const estimate = latencyQuantile(histogram, q);
      const exact = latencies[Math.ceil(q * 2000) - 1]!;
      expect(estimate.outcome).toBe("ok");
      if (estimate.outcome === "ok") {
        expect(Math.abs(estimate.valueMs / exact - 1)).toBeLessThan(0.05);
        expect(exact).toBeGreaterThanOrEqual(estimate.lowMs);
        expect(exact).toBeLessThanOrEqual(estimate.highMs * (1 + 1e-12));
      }
    }
  });

  it("name the case beyond the last bucket instead of inventing a number", () => {
    expect(latencyQuantile(histogramOf([1, 1e9]), 0.99).outcome).toBe("beyond_last_bucket");
    expect(latencyBucket(Number.POSITIVE_INFINITY)).toBe(LAST_LATENCY_BUCKET);
    expect(latencyBucketUpperMs(LAST_LATENCY_BUCKET)).toBe(Number.POSITIVE_INFINITY);
    expect(
      cumulativeQuantile(
        [
          { le: 100, count: 90 },
          { le: Number.POSITIVE_INFINITY, count: 100 },
        ],
        0.95,
      ),
    ).toEqual({
      outcome: "beyond_last_bucket",
      atLeastMs: 100,
      count: 100,
    });
  });

  it("are insufficient data for an empty histogram", () => {
    expect(latencyQuantile({ buckets: [], counts: [] }, 0.5).outcome).toBe("insufficient_data");
    expect(cumulativeQuantile([], 0.5).outcome).toBe("insufficient_data");
  });

  it("interpolate linearly in cumulative histograms", () => {
    const buckets = [
      { le: 10, count: 0 },
      { le: 20, count: 10 },
      { le: Number.POSITIVE_INFINITY, count: 10 },
    ];
    const median = cumulativeQuantile(buckets, 0.5);
    expect(median.outcome === "ok" && median.valueMs).toBe(15);
  });

  it("count only what is certainly within a limit", () => {
    expect(countAtMost(histogramOf([1, 50, 400]), 100)).toBe(2);
  });
});
