import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { bodyOf, HOLDERS, takeBody } from "../testing/many-names.ts";
import { Refusal } from "./read-outcome.ts";

const holders = Object.entries(HOLDERS);
const COUNTER = join(import.meta.dirname, "../testing/count-work.ts");

describe("an event with many names", () => {
  it.each(holders)("is taken with as many %s as are allowed", (_holder, { limit, of }) => {
    expect(takeBody(bodyOf(of(limit))).outcome).not.toBeInstanceOf(Refusal);
  });

  it.each(
    holders.flatMap(([holder, { limit, of }]) =>
      [limit + 1, 20_000, 300_000].map((count) => [count, holder, limit, of] as const),
    ),
  )("is refused with %i %s by name, and nothing is learned from it", (count, holder, limit, of) => {
    const { outcome, seen } = takeBody(bodyOf(of(count)));
    expect(outcome).toBeInstanceOf(Refusal);
    const { message } = outcome as Refusal;
    expect(message).toMatch(new RegExp(`^${holder}: at most ${limit} \\w+, not ${count}$`));
    expect(seen).toBe(0);
  });

  it("costs work in proportion to its names, whether they are taken or refused", async () => {
    // The second of each pair has four times the names of the first.
    const asked = [
      ...["features:500", "features:2000", "prediction.scores:250", "prediction.scores:1000"],
      ...holders.flatMap(([holder]) => [`${holder}:5000`, `${holder}:20000`]),
    ];
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", COUNTER, ...asked]);
    const counts = JSON.parse(stdout) as number[];
    expect(counts).toHaveLength(asked.length);
    for (let pair = 0; pair < asked.length; pair += 2) {
      const [few = 0, many = 0] = counts.slice(pair, pair + 2);
      expect([asked[pair], few > 250]).toEqual([asked[pair], true]);
      expect([asked[pair + 1], many < few * 5]).toEqual([asked[pair + 1], true]);
    }
  });
});
