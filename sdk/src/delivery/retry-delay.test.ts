import { describe, expect, it } from "vitest";
import { parseRetryAfter, retryDelayMs } from "./retry-delay.ts";

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

describe("parseRetryAfter", () => {
  it.each([
    [null, null],
    ["0", 0],
    ["120", 120_000],
    [" 5 ", 5_000],
    ["Thu, 01 Jan 2026 12:00:30 GMT", 30_000],
    ["Thu, 01 Jan 2026 11:59:00 GMT", 0],
    ["soon", null],
    ["-5", null],
    ["1.5", null],
    ["", null],
  ])("reads %j as %s ms", (header, expected) => {
    expect(parseRetryAfter(header, NOW)).toBe(expected);
  });
});

describe("retryDelayMs", () => {
  it("draws uniformly below a bound that doubles up to thirty seconds", () => {
    expect([1, 2, 3, 8, 9, 500].map((failures) => retryDelayMs(failures, null, () => 1))).toEqual([
      250, 500, 1_000, 30_000, 30_000, 30_000,
    ]);
    expect(retryDelayMs(3, null, () => 0)).toBe(0);
    expect(retryDelayMs(3, null, () => 0.5)).toBe(500);
  });

  it("never waits less than the server asked, nor for a day because of a mistake", () => {
    expect(retryDelayMs(1, 60_000, () => 0.5)).toBe(60_125);
    expect(retryDelayMs(1, 86_400_000, () => 0)).toBe(300_000);
  });
});
