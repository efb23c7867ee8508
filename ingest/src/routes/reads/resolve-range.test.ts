import { describe, expect, it } from "vitest";
import { resolveRange } from "./resolve-range.ts";

const DAY = 86_400_000;
const activity = [
  ["1", "production", 50],
  ["2", "production", 60],
  ["2", "shadow", 90],
].map(([version, environment, day]) => ({
  model: "m",
  version: String(version),
  environment: String(environment),
  firstTimestamp: 0,
  lastTimestamp: Number(day) * DAY,
  lastReceivedAt: 0,
  rows: 1,
}));

describe("a read over time", () => {
  it("means the production version seen last and its last 30 days, unless told otherwise", () => {
    expect(resolveRange("m", {}, activity)).toEqual({
      model: "m",
      version: "2",
      environment: "production",
      from: 30 * DAY + 1,
      to: 60 * DAY + 1,
    });
    expect(resolveRange("m", { environment: "shadow" }, activity)).toMatchObject({ to: 90 * DAY + 1 });
    expect(resolveRange("m", { version: "1", from: 5, to: 9 }, activity)).toMatchObject({
      version: "1",
      from: 5,
      to: 9,
    });
  });

  it("refuses what was never seen and ranges that can't be, by name", () => {
    expect(() => resolveRange("x", {}, activity)).toThrow("no prediction of x was ever received");
    expect(() => resolveRange("m", { version: "3" }, activity)).toThrow("m: version 3 has never sent");
    expect(() => resolveRange("m", { version: "1", environment: "shadow" }, activity)).toThrow(
      "version 1 has no traffic in shadow",
    );
    expect(() => resolveRange("m", { from: 9, to: 9 }, activity)).toThrow("to: must be after from");
    expect(() => resolveRange("m", { from: 0, to: 5_000 * DAY }, activity)).toThrow("ten years");
  });
});
