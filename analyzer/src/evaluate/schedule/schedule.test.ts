import { describe, expect, it } from "vitest";
import { asOf } from "./as-of.ts";
import { dueWindows, SILENT_WINDOWS } from "./due-windows.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 5, 1);

describe("asOf", () => {
  it("is the newest event while a replay of the past is arriving", () => {
    expect(asOf({ newestEventAt: NOW - 90 * 24 * HOUR, lastReceivedAt: NOW - 1_000 }, NOW, 60_000)).toBe(
      NOW - 90 * 24 * HOUR,
    );
  });

  it("is never in the future, whatever a skewed client says", () => {
    expect(asOf({ newestEventAt: NOW + HOUR, lastReceivedAt: NOW - 1_000 }, NOW, 60_000)).toBe(NOW);
  });

  it("runs on with real time once nothing has arrived for the idle time", () => {
    const live = { newestEventAt: NOW - HOUR - 1_000, lastReceivedAt: NOW - HOUR };
    expect(asOf(live, NOW, 60_000)).toBe(NOW - 1_000);
  });

  it("does not take a replay that pauses for months of silence", () => {
    const paused = { newestEventAt: NOW - 90 * 24 * HOUR, lastReceivedAt: NOW - 120_000 };
    expect(asOf(paused, NOW, 60_000)).toBe(NOW - 90 * 24 * HOUR + 120_000);
  });
});

describe("dueWindows", () => {
  it("begins with the first window that could be full", () => {
    const starts = (first: number) =>
      dueWindows({ first, last: first + 3 * HOUR }, NOW + 3 * HOUR, HOUR).map((window) => window.start - NOW);
    expect(starts(NOW + 60_000)).toEqual([0, HOUR, 2 * HOUR]);
    expect(starts(NOW + 30 * 60_000)).toEqual([HOUR, 2 * HOUR]);
  });

  it("holds a window back until its end has come", () => {
    expect(dueWindows({ first: NOW, last: NOW + HOUR }, NOW + HOUR - 1, HOUR)).toEqual([]);
    expect(dueWindows({ first: NOW, last: NOW + HOUR }, NOW + HOUR, HOUR)).toEqual([
      { start: NOW, end: NOW + HOUR },
    ]);
  });

  it("judges a silent version for a while and then lets it go, so that an old replay doesn't owe years of windows", () => {
    const windows = dueWindows({ first: NOW, last: NOW + 1 }, NOW + 25 * 365 * 24 * HOUR, HOUR);
    expect(windows).toHaveLength(SILENT_WINDOWS + 1);
  });

  it("misses nobody who was archived: the window in which its traffic ended is not judged, nor any later one", () => {
    const seen = { first: NOW, last: NOW + 2.5 * HOUR };
    const starts = dueWindows(seen, NOW + 24 * HOUR, HOUR, true).map((window) => window.start - NOW);
    expect(starts).toEqual([0, HOUR]);
  });
});
