import type { TestOutcome } from "@leeway/store";
import { expect, it } from "vitest";
import { testSentence } from "./test-sentence.ts";

it.each<[Omit<TestOutcome, "notification_id">, string]>([
  [{ status: "sent", answer: { status: "200" }, took_ms: 31.4 }, "The test arrived after 31 ms: status 200."],
  [{ status: "sent" }, "The test arrived."],
  [{ status: "queued" }, "The test is still on its way. Is the analyzer running?"],
  [
    { status: "failed", error: "no answer within 15 s", took_ms: 15_000 },
    "The test did not arrive after 15000 ms: no answer within 15 s",
  ],
])("of %o it says: %s", (outcome, sentence) => {
  expect(testSentence(outcome)).toBe(sentence);
});
