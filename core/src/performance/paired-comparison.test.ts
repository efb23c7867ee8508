import { describe, expect, it } from "vitest";
import { createRandom, drawNormal } from "../random/index.ts";
import { aggregateBinaryRows } from "./aggregate-binary-rows.ts";
import { addLoss, emptyLossSums, type LossSums } from "./loss-sums.ts";
import { comparePairedAuc, comparePairedAucByWindows } from "./paired-auc-comparison.ts";
import { comparePaired } from "./paired-comparison.ts";
import type { PairedWindow } from "./paired-window.ts";
import { compareVersions } from "./version-comparison.ts";

/** drawWindows returns windows of paired differences with a mean, a spread between rows, and one between windows. */
function drawWindows(options: {
  windows: number;
  rows: number;
  mean: number;
  between: number;
  seed: number;
}): LossSums[] {
  const random = createRandom(options.seed);
  return Array.from({ length: options.windows }, () => {
    const sums = emptyLossSums();
    const shift = options.mean + options.between * drawNormal(random);
    for (let i = 0; i < options.rows; i++) addLoss(sums, shift + drawNormal(random));
    return sums;
  });
}

function verdictOf(windows: LossSums[]) {
  const comparison = comparePaired(windows, "log loss");
  if (comparison.outcome !== "ok") throw new Error(comparison.reason);
  return comparison;
}

describe("a paired comparison", () => {
  it("tells a clear difference either way", () => {
    expect(verdictOf(drawWindows({ windows: 10, rows: 500, mean: -0.2, between: 0, seed: 1 })).verdict).toBe(
      "better",
    );
    expect(verdictOf(drawWindows({ windows: 10, rows: 500, mean: 0.2, between: 0, seed: 1 })).verdict).toBe(
      "worse",
    );
  });

  it("says how many more labels it needs where it cannot tell", () => {
    const comparison = verdictOf(drawWindows({ windows: 10, rows: 100, mean: -0.03, between: 0, seed: 4 }));
    expect(comparison.verdict).toBe("cannot_tell");
    expect(comparison.moreLabels).toBeGreaterThan(0);
    expect(comparison.reason).toMatch(/About [\d,]+ more labels are needed to see a difference of this size/);
  });

  it("decides nothing from one or two windows, however many rows they have", () => {
    const comparison = verdictOf(drawWindows({ windows: 2, rows: 10_000, mean: -0.5, between: 0, seed: 2 }));
    expect(comparison.verdict).toBe("cannot_tell");
    expect(comparison.reason).toContain("At least 4 windows are needed");
  });

  it("has nothing to say without rows", () => {
    expect(comparePaired([emptyLossSums()], "log loss").outcome).toBe("insufficient_data");
  });

  it("is wrong in at most about one in twenty cases, also where rows of a window move together", () => {
    let wrong = 0;
    let wrongByRow = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const comparison = verdictOf(drawWindows({ windows: 12, rows: 200, mean: 0, between: 0.2, seed }));
      if (comparison.verdict !== "cannot_tell") wrong++;
      if (comparison.byRow.low > 0 || comparison.byRow.high < 0) wrongByRow++;
    }
    expect(wrong / 400).toBeLessThan(0.075);
    // The independent interval alone would cry wolf: that is why the wider one decides.
    expect(wrongByRow / 400).toBeGreaterThan(0.3);
  });

  it("stays right however often one looks: a verdict at any of sixty looks is wrong in at most one in twenty cases", () => {
    let wrong = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const windows = drawWindows({ windows: 60, rows: 50, mean: 0, between: 0.1, seed });
      const looks = windows.map((_, i) => comparePaired(windows.slice(0, i + 1), "log loss"));
      if (looks.some((look) => look.outcome === "ok" && look.verdict !== "cannot_tell")) wrong++;
    }
    expect(wrong / 300).toBeLessThan(0.075);
  });

  it("cannot tell where the difference changes its sign from the first weeks to the last", () => {
    const early = drawWindows({ windows: 7, rows: 500, mean: -0.1, between: 0, seed: 5 });
    const late = drawWindows({ windows: 6, rows: 500, mean: 0.05, between: 0, seed: 6 });
    const comparison = verdictOf([...early, ...late]);
    expect(comparison.verdict).toBe("cannot_tell");
    expect(comparison.overdispersion).toBeGreaterThan(5);
  });
});

describe("a comparison of AUC", () => {
  const random = createRandom(9);
  const windows = Array.from({ length: 8 }, () => {
    const rows = Array.from({ length: 300 }, () => {
      const signal = drawNormal(random);
      const label = random() < 1 / (1 + Math.exp(-signal)) ? 1 : 0;
      const squash = (x: number) => 1 / (1 + Math.exp(-x));
      return {
        label,
        good: squash(signal + 0.3 * drawNormal(random)),
        poor: squash(signal + 2 * drawNormal(random)),
      };
    });
    return rows;
  });

  it("finds the better ranking by rows and by windows, with like differences", () => {
    const rows = windows.flat();
    const byRow = comparePairedAuc({
      labels: rows.map((row) => row.label),
      baseline: rows.map((row) => row.poor),
      candidate: rows.map((row) => row.good),
    });
    const byWindow = comparePairedAucByWindows(
      windows.map((window) => {
        const labels = window.map((row) => row.label);
        return {
          baseline: aggregateBinaryRows({ labels, scores: window.map((row) => row.poor) }).scoreHistogram,
          candidate: aggregateBinaryRows({ labels, scores: window.map((row) => row.good) }).scoreHistogram,
        };
      }),
    );
    expect(byRow.outcome === "ok" && byRow.verdict).toBe("better");
    expect(byWindow.outcome === "ok" && byWindow.verdict).toBe("better");
    if (byRow.outcome === "ok" && byWindow.outcome === "ok") {
      expect(byWindow.difference).toBeCloseTo(byRow.difference, 3);
      expect(byWindow.interval.standardError / byRow.interval.standardError).toBeGreaterThan(0.4);
      expect(byWindow.interval.standardError / byRow.interval.standardError).toBeLessThan(2.5);
    }
  });
});

describe("two versions", () => {
  it("are judged by log loss where both have it, and the sentence names them", () => {
    const windows: PairedWindow[] = drawWindows({
      windows: 6,
      rows: 400,
      mean: -0.3,
      between: 0,
      seed: 8,
    }).map((difference, start) => ({
      start,
      losses: {
        log_loss: { difference, baselineSum: 0.6 * difference.count },
        error_rate: { difference: emptyLossSums(), baselineSum: 0 },
      },
    }));
    const comparison = compareVersions(windows, { candidate: "v2", baseline: "v1" });
    expect(comparison.verdict).toBe("better");
    expect(comparison.primary).toBe("log_loss");
    const { log_loss } = comparison.losses;
    if (log_loss?.outcome !== "ok") throw new Error("no comparison");
    expect(log_loss.baselineLoss).toBeCloseTo(0.6, 9);
    expect(log_loss.candidateLoss - log_loss.baselineLoss).toBeCloseTo(log_loss.difference, 9);
    expect(comparison.reason).toMatch(/^v2 is better than v1: log loss −0\.\d+ \(95 % interval/);
  });

  it("cannot be distinguished without common labels", () => {
    expect(compareVersions([]).verdict).toBe("cannot_tell");
  });
});
