import { describe, expect, it } from "vitest";
import { numberRange, numberRanges } from "./number-range.ts";
import { parseSegmentKey, segmentKey } from "./segment.ts";

describe("a segment's key", () => {
  it("names the same slice whatever the order of its names", () => {
    expect(segmentKey({ tier: "gold", region: "eu" })).toBe("region=eu,tier=gold");
    expect(parseSegmentKey("tier=gold,region=eu")).toEqual({ region: "eu", tier: "gold" });
    expect(segmentKey(undefined)).toBe("");
    expect(parseSegmentKey("")).toEqual({});
  });

  it.each([
    { plan: "a,b" },
    { plan: "x=y" },
    { "a=b": "100%" },
    { plan: "%2C" },
    { plan: "" },
    { größe: "ü, ß" },
  ])("comes back as it went in: %j", (segment) => {
    expect(parseSegmentKey(segmentKey(segment as Record<string, string>))).toEqual(segment);
  });

  it.each(["region", "=eu", "region=eu,", "a=b=c", "a=1,a=2"])("is refused where it is none: %s", (key) => {
    expect(parseSegmentKey(key)).toBeUndefined();
  });
});

describe("a range of a number", () => {
  it("is open where no end is given", () => {
    expect(numberRange("..300")).toEqual({ above: Number.NEGATIVE_INFINITY, upTo: 300 });
    expect(numberRange("-1.5..2e3")).toEqual({ above: -1.5, upTo: 2_000 });
    expect(numberRange("700..")).toEqual({ above: 700, upTo: Number.POSITIVE_INFINITY });
  });

  it.each(["", "..", "300", "5..1", "a..b", "1..1", "1...2"])("is not read into %j", (value) => {
    expect(numberRange(value)).toBeUndefined();
  });

  it("covers all numbers with its neighbours", () => {
    expect(numberRanges([300, 700])).toEqual(["..300", "300..700", "700.."]);
    expect(numberRanges([])).toEqual([".."]);
  });
});
