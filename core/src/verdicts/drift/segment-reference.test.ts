import { expect, test } from "vitest";
import { segmentShortage } from "./segment-reference.ts";

test("a segment needs enough rows of the reference, and all traffic is no segment", () => {
  expect(segmentShortage({ rows: 199 }, { region: "eu" })).toMatch(
    /^The reference has 199 rows of region=eu, 200 are needed/,
  );
  expect(segmentShortage({ rows: 200 }, { region: "eu" })).toBeUndefined();
  expect(segmentShortage({ rows: 5 }, {})).toBeUndefined();
  expect(segmentShortage({ rows: 5 }, undefined)).toBeUndefined();
});
