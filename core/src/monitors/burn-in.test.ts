import { describe, expect, it, test } from "vitest";
import type { Monitor } from "../records/index.ts";
import { BURN_IN_MS, burnInOf, withBurnIn } from "./burn-in.ts";

const monitor = (more: Partial<Monitor> = {}): Monitor => ({
  ...{ id: "m", model: "fraud", kind: "drift", environment: "production", window: 1, minimum_count: 1 },
  ...{ enabled: true, automatic: false, created_at: 0 },
  ...more,
});
const burning = { burn_in: 100, burn_in_since: 1_000 };

test.each([
  ["without a burn-in notifies", {}, undefined, 0, "notifying"],
  ["burns in from its beginning", burning, undefined, 1_099, "burning_in"],
  ["notifies after a quiet burn-in", burning, undefined, 1_100, "notifying"],
  ["burns in anew with each alarm", burning, { alarms: 2, lastAt: 1_050 }, 1_149, "burning_in"],
  [
    "notifies once it was quiet after its last alarm",
    burning,
    { alarms: 2, lastAt: 1_050 },
    1_150,
    "notifying",
  ],
  ["counts no alarm of an earlier burn-in", burning, { alarms: 2, lastAt: 900 }, 1_100, "notifying"],
  [
    "notifies once a person promoted it",
    { ...burning, promoted: { by: "ann", at: 1_010 } },
    undefined,
    1_020,
    "notifying",
  ],
] as const)("a monitor %s", (_name, fields, held, now, state) => {
  expect(burnInOf(monitor(fields), held, now).state).toBe(state);
});

describe("a monitor that is saved", () => {
  it.each([
    ["burns in for a week where it is new and nothing is said", undefined, undefined, BURN_IN_MS],
    ["burns in for as long as is said", 500, undefined, 500],
    ["notifies from the beginning where that is said", 0, undefined, undefined],
    ["goes on notifying where it did so", undefined, monitor(), undefined],
    ["goes on burning in where it did so", undefined, monitor(burning), 100],
    ["ends its burn-in where that is said", 0, monitor(burning), undefined],
  ])("%s", (_name, asked, former, length) => {
    expect(withBurnIn(monitor(), asked, former, 5_000).burn_in).toBe(length);
  });

  it("keeps its beginning and its promotion unless its length changes", () => {
    const former = monitor({ ...burning, promoted: { by: "ann", at: 1_010 } });
    expect(withBurnIn(monitor(), 100, former, 5_000)).toEqual(former);
    expect(withBurnIn(monitor(), 200, former, 5_000)).toEqual(
      monitor({ burn_in: 200, burn_in_since: 5_000 }),
    );
  });
});
