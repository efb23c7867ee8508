import { expect, test } from "vitest";
import {
  ABSENT,
  formatCompact,
  formatCount,
  formatMetric,
  formatMilliseconds,
  formatPercent,
  formatPValue,
} from "./number-words.ts";

test("what was not measured is a dash, never a zero", () => {
  for (const format of [
    formatCount,
    formatCompact,
    formatPercent,
    formatMetric,
    formatPValue,
    formatMilliseconds,
  ]) {
    expect(format(null)).toBe(ABSENT);
    expect(format(undefined)).toBe(ABSENT);
    expect(format(Number.NaN)).toBe(ABSENT);
    expect(format(Number.POSITIVE_INFINITY)).toBe(ABSENT);
  }
});

test("a rounded share never claims all or nothing", () => {
  expect(formatPercent(0.99999)).toBe("> 99.9\u00a0%");
  expect(formatPercent(0.00001)).toBe("< 0.1\u00a0%");
  expect(formatPercent(1)).toBe("100\u00a0%");
  expect(formatPercent(0)).toBe("0\u00a0%");
  expect(formatPercent(0.294)).toBe("29.4\u00a0%");
});

test("numbers keep three digits that matter", () => {
  expect(formatMetric(0.40312)).toBe("0.403");
  expect(formatMetric(12.345)).toBe("12.3");
  expect(formatMetric(1234.5)).toBe("1,235");
  expect(formatMetric(0.0000123)).toBe("1.2e-5");
  expect(formatPValue(0.0312)).toBe("0.031");
  expect(formatPValue(0.00002)).toBe("2.0e-5");
  expect(formatPValue(0)).toBe("< 1e-12");
  expect(formatCount(1612)).toBe("1,612");
});

test("latencies read in the unit that fits", () => {
  expect(formatMilliseconds(0.812)).toBe("0.81 ms");
  expect(formatMilliseconds(210.4)).toBe("210 ms");
  expect(formatMilliseconds(1420)).toBe("1.42 s");
});
