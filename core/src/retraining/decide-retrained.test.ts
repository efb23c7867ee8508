import { expect, test } from "vitest";
import type { VersionComparison } from "../performance/index.ts";
import { decideRetrained, isSettled } from "./decide-retrained.ts";

const question = { oldVersion: "1", newVersion: "2", from: 0, to: 10, at: 20 };
const compared = (verdict: VersionComparison["verdict"], moreLabels: number | null = 0) => {
  const loss = { outcome: "ok", rows: 900, moreLabels } as NonNullable<
    VersionComparison["losses"]["log_loss"]
  >;
  return { verdict, primary: "log_loss" as const, losses: { log_loss: loss }, reason: "The log loss fell." };
};

test.each([
  ["better", 0, "promote", "Promote version 2. The log loss fell.", true],
  ["worse", 0, "worse", "Keep version 1. The log loss fell.", true],
  ["cannot_tell", 1_200, "wait", "Wait for about 1200 more labels. The log loss fell.", false],
  ["cannot_tell", null, "wait", "Wait for more labels. The log loss fell.", false],
  ["not_defined", null, "not_defined", "The log loss fell.", false],
] as const)(
  "a comparison that is %s with %s more labels says %s",
  (verdict, more, expected, sentence, settled) => {
    const decided = decideRetrained(compared(verdict, more), question);
    expect(decided).toMatchObject({ verdict: expected, sentence, labels: 900, from: 0, to: 10, at: 20 });
    expect(isSettled(decided)).toBe(settled);
  },
);

test("a comparison without a common label waits", () => {
  const none = { verdict: "cannot_tell" as const, primary: null, losses: {}, reason: "No labelled row." };
  expect(decideRetrained(none, question)).toMatchObject({ verdict: "wait", labels: 0, more_labels: null });
});
