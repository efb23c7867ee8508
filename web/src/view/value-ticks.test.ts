import { expect, it } from "vitest";
import { tickDigits, valueAxis } from "./value-ticks.ts";

it.each([
  [{ low: 0, high: 1, most: 3, isWhole: true }, [0, 1]],
  [{ low: 0, high: 195, most: 3 }, [0, 100, 200]],
  [{ low: 0, high: 0.02, most: 3 }, [0, 0.01, 0.02]],
  [{ low: 0.402, high: 0.611, most: 4 }, [0.4, 0.5, 0.6, 0.7]],
  [{ low: 0, high: 7, most: 3, isWhole: true }, [0, 3, 6, 9]],
  [{ low: -0.3, high: 0.3, most: 3 }, [-0.4, -0.2, 0, 0.2, 0.4]],
])("%o: round ticks that hold the values", (values, expected) => {
  const { ticks, domain } = valueAxis(values);
  expect(ticks).toEqual(expected);
  expect(domain[0]).toBeLessThanOrEqual(values.low);
  expect(domain[1]).toBeGreaterThanOrEqual(values.high);
  if ("isWhole" in values) expect(ticks.every(Number.isInteger)).toBe(true);
});

it("keeps ends that are fixed", () => {
  expect(valueAxis({ low: 0.2, high: 0.7, most: 2, fixedLow: 0, fixedHigh: 1 })).toEqual({
    ticks: [0, 0.5, 1],
    domain: [0, 1],
  });
});

it.each([0, 5, -3, 1e-9, 4e12])("a single value %d has room and a tick", (value) => {
  const { ticks, domain } = valueAxis({ low: value, high: value, most: 3 });
  expect(ticks.length).toBeGreaterThan(0);
  expect(domain[1]).toBeGreaterThan(domain[0]);
});

it("as many decimals as tell the ticks apart", () => {
  expect(tickDigits([0, 0.005, 0.01])).toBe(3);
  expect(tickDigits([0, 50, 100])).toBe(0);
  expect(tickDigits([0, 2.5, 5])).toBe(1);
});
