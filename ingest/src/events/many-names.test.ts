import { describe, expect, it } from "vitest";
import { bodyOf, HOLDERS, takeBody } from "../testing/many-names.ts";
import { Refusal } from "./read-outcome.ts";

const holders = Object.entries(HOLDERS);

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
});
