import { describe, expect, it } from "vitest";
import { createRandom, drawNormal } from "../random/index.ts";
import {
  type ChangeChart,
  createChangeChart,
  emptyChangeChartState,
  stepChangeChart,
} from "./change-chart.ts";
import {
  cusumRunLength,
  cusumThreshold,
  siegmundRunLength,
  twoSidedCusumRunLength,
} from "./cusum-run-length.ts";
import { gaussLegendre } from "./gauss-legendre.ts";
import { learnWindowVariation, type WindowValue } from "./window-variation.ts";

describe("CUSUM run lengths", () => {
  // Montgomery, Introduction to Statistical Quality Control, table 9.3: two-sided, allowance 0.5.
  it.each([
    [4, 0, 168],
    [4, 0.25, 74.2],
    [4, 0.5, 26.6],
    [4, 1, 8.38],
    [4, 2, 3.34],
    [5, 0, 465],
    [5, 0.5, 38.0],
    [5, 1, 10.4],
    [5, 2, 4.01],
  ])("threshold %d and shift %d give the published %d", (threshold, shift, published) => {
    const length = twoSidedCusumRunLength({ threshold, allowance: 0.5 }, shift);
    expect(Math.abs(length / published - 1)).toBeLessThan(0.005);
  });

  it("agree with Siegmund's approximation within a tenth", () => {
    for (const threshold of [3, 5, 8]) {
      const design = { threshold, allowance: 0.5 };
      expect(siegmundRunLength(design, 0) / cusumRunLength(design, 0)).toBeGreaterThan(0.9);
      expect(siegmundRunLength(design, 0) / cusumRunLength(design, 0)).toBeLessThan(1.1);
    }
  });

  it("invert to the threshold, over the budgets that occur", () => {
    for (const averageRunLength of [10, 30, 720, 8640]) {
      for (const allowance of [0.25, 0.5, 1]) {
        const threshold = cusumThreshold({ averageRunLength, allowance });
        const length = twoSidedCusumRunLength({ threshold, allowance }, 0);
        expect(Math.abs(length / averageRunLength - 1)).toBeLessThan(1e-3);
      }
    }
  });

  it("rest on a quadrature that integrates polynomials exactly", () => {
    const { nodes, weights } = gaussLegendre(5, 0, 2);
    const integral = nodes.reduce((sum, x, i) => sum + weights[i]! * x ** 9, 0);
    expect(integral).toBeCloseTo(2 ** 10 / 10, 9);
  });
});

function chartOf(reference: WindowValue[], averageRunLength: number): ChangeChart {
  const created = createChangeChart({ reference, averageRunLength });
  if (created.outcome !== "ok") throw new Error(created.reason);
  return created.chart;
}

/** runLength returns after how many drawn windows the chart first alarms. */
function runLength(chart: ChangeChart, draw: () => WindowValue, limit = 100_000): number {
  let state = emptyChangeChartState();
  for (let i = 1; i <= limit; i++) {
    const step = stepChangeChart(chart, state, draw());
    state = step.state;
    if (step.outcome.outcome === "ok" && step.outcome.signal === "alarm") return i;
  }
  return limit;
}

describe("a change chart", () => {
  it("alarms falsely about as rarely as its budget says, where the usual level is known well", () => {
    const random = createRandom(21);
    const draw = () => ({ value: 0.4 + 0.01 * drawNormal(random), standardError: 0.01 });
    const chart = chartOf(Array.from({ length: 4000 }, draw), 200);
    let total = 0;
    for (let i = 0; i < 600; i++) total += runLength(chart, draw);
    expect(total / 600).toBeGreaterThan(200 * 0.85);
    expect(total / 600).toBeLessThan(200 * 1.35);
  });

  it("keeps its budget on average though it learned from twenty windows that vary more than their sampling error", () => {
    const random = createRandom(22);
    const draw = () => ({ value: 0.4 + 0.03 * drawNormal(random), standardError: 0.01 });
    let alarms = 0;
    let windows = 0;
    for (let i = 0; i < 300; i++) {
      const chart = chartOf(Array.from({ length: 20 }, draw), 200);
      const length = runLength(chart, draw, 1000);
      windows += length;
      if (length < 1000) alarms++;
    }
    expect(windows / alarms).toBeGreaterThan(200 * 0.8);
  });

  it("keeps its budget where neighbouring windows are correlated", () => {
    const random = createRandom(23);
    let level = 0;
    const draw = () => {
      level = 0.6 * level + 0.8 * drawNormal(random);
      return { value: 0.4 + 0.03 * level, standardError: 0.005 };
    };
    let alarms = 0;
    let windows = 0;
    for (let i = 0; i < 200; i++) {
      const chart = chartOf(Array.from({ length: 60 }, draw), 200);
      const length = runLength(chart, draw, 1000);
      windows += length;
      if (length < 1000) alarms++;
    }
    expect(windows / alarms).toBeGreaterThan(200 * 0.8);
  });

  it("finds a shift of two standard deviations within five windows, and says since when and which way", () => {
    const random = createRandom(24);
    const draw = () => ({ value: 0.4 + 0.01 * drawNormal(random), standardError: 0.01 });
    const chart = chartOf(Array.from({ length: 100 }, draw), 720);
    let state = emptyChangeChartState();
    for (let i = 0; i < 20; i++)
      state = stepChangeChart(chart, { ...state }, { value: 0.4, standardError: 0.01 }).state;
    for (let i = 1; i <= 5; i++) {
      const step = stepChangeChart(chart, state, { value: 0.38, standardError: 0.01 });
      state = step.state;
      if (i === 5)
        expect(step.outcome).toMatchObject({ outcome: "ok", signal: "alarm", direction: "down", since: 5 });
    }
  });

  it("leaves the alarm soon after the cause is gone, however long it lasted", () => {
    const reference = [0.4, 0.41, 0.39, 0.4, 0.4, 0.41, 0.39].map((value) => ({
      value,
      standardError: 0.01,
    }));
    const chart = chartOf(reference, 720);
    let state = emptyChangeChartState();
    for (let i = 0; i < 500; i++)
      state = stepChangeChart(chart, state, { value: 0.5, standardError: 0.01 }).state;
    let left = 0;
    for (let i = 1; i <= 30 && left === 0; i++) {
      const step = stepChangeChart(chart, state, { value: 0.4, standardError: 0.01 });
      state = step.state;
      if (step.outcome.outcome === "ok" && step.outcome.signal === "none") left = i;
    }
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(8);
  });

  it("skips a window without a value, and needs five reference windows", () => {
    const chart = chartOf(
      Array.from({ length: 6 }, (_, i) => ({ value: i, standardError: 1 })),
      100,
    );
    const state = emptyChangeChartState();
    const step = stepChangeChart(chart, state, { value: Number.NaN, standardError: 1 });
    expect(step.outcome.outcome).toBe("skipped");
    expect(step.state).toBe(state);
    expect(createChangeChart({ reference: [], averageRunLength: 100 }).outcome).toBe("insufficient_data");
  });
});

describe("the variation between windows", () => {
  it("is nothing where sampling error explains the spread, and is found where it does not", () => {
    const random = createRandom(25);
    const draw = (spread: number) =>
      Array.from({ length: 300 }, () => ({
        value: 5 + Math.hypot(spread, 0.1) * drawNormal(random),
        standardError: 0.1,
      }));
    expect(Math.sqrt(learnWindowVariation(draw(0)).betweenVariance)).toBeLessThan(0.05);
    expect(Math.sqrt(learnWindowVariation(draw(0.4)).betweenVariance)).toBeCloseTo(0.4, 1);
  });
});
