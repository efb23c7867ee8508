import { describe, expect, it } from "vitest";
import { decideBlindness, type UnjudgedChain } from "./blindness.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const chain = (rest: Partial<UnjudgedChain>): UnjudgedChain => ({
  ...{ monitorId: "m/drift", kind: "drift", version: "1", environment: "production" },
  ...{ windowMs: DAY, since: 0, reason: "failing", words: "unknown column", lastVerdictAt: 0 },
  ...rest,
});
const isBlind = (rest: Partial<UnjudgedChain>, asOf: number, now = asOf) =>
  decideBlindness([chain(rest)], { asOf, now }).length > 0;

describe("a monitor that does not judge", () => {
  it.each<[string, Partial<UnjudgedChain>, number, boolean]>([
    ["one window of a day late", {}, 2 * DAY - 1, false],
    ["two windows of a day late", {}, 2 * DAY, true],
    ["two windows of five minutes late", { windowMs: 5 * MINUTE }, 10 * MINUTE, false],
    ["an hour late, with windows of five minutes", { windowMs: 5 * MINUTE }, HOUR, true],
    ["without a reference for three days", { reason: "no_reference" }, 3 * DAY, false],
    ["without a reference for two weeks", { reason: "no_reference" }, 14 * DAY, true],
    [
      "without a reference for a day of five-minute windows",
      { reason: "no_reference", windowMs: 5 * MINUTE },
      DAY,
      false,
    ],
  ])("%s", (_, rest, asOf, expected) => {
    expect(isBlind(rest, asOf)).toBe(expected);
  });

  it("because the store is away is blind only once that has lasted in real time too", () => {
    const away = { reason: "store_away" as const, lastVerdictAt: 100 * DAY };
    expect(isBlind(away, 30 * DAY, 100 * DAY + HOUR)).toBe(false);
    expect(isBlind(away, 30 * DAY, 102 * DAY)).toBe(true);
  });

  it("makes one blindness per environment, since its oldest unjudged window", () => {
    const found = decideBlindness(
      [
        chain({ since: 2 * DAY }),
        chain({ since: DAY, kind: "performance" }),
        chain({ since: 3 * DAY, environment: "staging" }),
        chain({ since: 9 * DAY }),
      ],
      { asOf: 10 * DAY, now: 10 * DAY },
    );
    expect(found.map(({ environment, since, chains }) => [environment, since / DAY, chains.length])).toEqual([
      ["production", 1, 2],
      ["staging", 3, 1],
    ]);
  });
});
