import type { Monitor, Reference } from "@leeway/core/records";
import { describe, expect, it } from "vitest";
import { knownTraffic, windowOf } from "./known-traffic.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 0, 5);
const model = { model: "flights", task: "binary" as const, configured: true, created_at: T0 };
const reference = { rows: 24_000, from: T0 - 30 * DAY, to: T0 } as Reference;
const known = (count: number, forMs: number, references: Reference[] = [reference]) =>
  knownTraffic({
    model,
    environment: "production",
    references,
    asOf: T0 + forMs,
    activities: [
      {
        model: "flights",
        version: "1",
        environment: "production",
        firstSeenAt: T0,
        lastSeenAt: T0 + forMs,
        lastReceivedAt: T0,
        count,
      },
    ],
  });

describe("knownTraffic", () => {
  it.each([
    ["not in the first minutes", 10, 10 * 60_000, undefined],
    ["by the reference, once an hour of traffic bears it out", 30, HOUR, 24_000],
    ["not by a reference that promises far more than is served", 2, HOUR, undefined],
    ["by a day of traffic", 50, DAY, 50],
    ["by many predictions", 2_000, 60_000, 2_000],
  ])("is known %s", (_name, count, forMs, expected) => {
    expect(known(count, forMs)?.count).toBe(expected);
  });
});

describe("windowOf", () => {
  const monitor = { kind: "drift", window: HOUR } as Monitor;
  const length = (perDay: number, days: number) =>
    windowOf({
      model,
      automatic: monitor,
      wanted: { ...monitor, window: DAY },
      traffic: { count: perDay * days, from: T0, to: T0 + days * DAY },
    });

  it("stays what it was while its windows can be judged", () => {
    expect(length(4_000, 10)).toBe(HOUR);
    expect(length(10, 2)).toBe(HOUR);
  });

  it("grows where a week has shown that windows are nearly empty", () => {
    expect(length(800, 7)).toBe(DAY);
  });
});
