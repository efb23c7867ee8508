import { expect, test } from "vitest";
import { defaultPreset, parseTimeRange, type TimeRange } from "./time-range.ts";

const DAY = 86_400_000;
const LATEST = Date.UTC(2026, 4, 20);
const anchors = { first: LATEST - 1_000 * DAY, latest: LATEST, now: LATEST + 100 * DAY, windowMs: DAY };

/** rangeOf is the range of an address that can be read. */
function rangeOf(address: Parameters<typeof parseTimeRange>[0], at = anchors): TimeRange {
  const asked = parseTimeRange(address, at);
  if (asked.outcome === "unreadable") throw new Error(asked.message);
  return asked.range;
}

test("without an address the range ends at the newest data and holds at most 200 windows", () => {
  expect(rangeOf({}, anchors)).toEqual({
    from: LATEST + 1 - 180 * DAY,
    to: LATEST + 1,
    preset: "180d",
  });
  expect(defaultPreset(3_600_000).id).toBe("7d");
  expect(defaultPreset(60_000).id).toBe("1d");
  expect(defaultPreset(7 * DAY).id).toBe("365d");
});

test("a history of at most 200 windows is shown whole, and a model that has just begun gets some room", () => {
  const young = { ...anchors, first: LATEST - 120 * DAY + 5 };
  expect(rangeOf({}, young)).toEqual({ from: LATEST - 120 * DAY, to: LATEST + 1, preset: "all" });
  expect(rangeOf({ from: "first" }, young).preset).toBe("all");
  const newborn = rangeOf({}, { ...anchors, first: LATEST - 60_000 });
  expect(newborn.to - newborn.from).toBe(12 * DAY);
});

test("a preset in the address is recognised, an absolute range is kept as it is", () => {
  expect(rangeOf({ from: "latest-7d" }, anchors).preset).toBe("7d");
  const range = rangeOf({ from: "2026-05-01", to: "2026-05-03T12:00:00Z" }, anchors);
  expect(range).toEqual({
    from: Date.UTC(2026, 4, 1),
    to: Date.UTC(2026, 4, 3, 12),
    preset: undefined,
  });
  expect(rangeOf({ from: "now-1d", to: "now" }, anchors).to).toBe(anchors.now);
});

test.each([
  ["garbage", { from: "banana" }, "from=banana is no time; it takes a date"],
  ["garbage for an end", { to: "apple" }, "to=apple is no time"],
  ["an end before its start", { from: "2026-05-03", to: "2026-05-01" }, "ends before it begins"],
  ["more than three years", { from: "2001-01-01", to: "2026-05-01" }, "longer than three years"],
  ["an impossible duration", { from: "latest-0x" }, "from=latest-0x is no time"],
])("%s is said, and no other range is shown instead", (_, address, message) => {
  expect(parseTimeRange(address, anchors)).toEqual({
    outcome: "unreadable",
    message: expect.stringContaining(message),
  });
});
