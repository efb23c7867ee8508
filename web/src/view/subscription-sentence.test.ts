import type { Incident } from "@leeway/core/records";
import { expect, it } from "vitest";
import { subscriptionSentence } from "./subscription-sentence.ts";

const named = (...titles: string[]) => titles.map((title) => ({ title }) as Incident);

it.each([
  [named(), 0, "No incident fired in the last 30 days."],
  [named(), 4, "Of the 4 incidents of the last 30 days it would have received 0."],
  [named("a", "b"), 9, "Of the 9 incidents of the last 30 days it would have received 2: a; b."],
  [
    named("a", "b", "c", "d"),
    9,
    "Of the 9 incidents of the last 30 days it would have received 4: a; b; c; and 1 more.",
  ],
])("of %o of %i it says: %s", (received, of, sentence) => {
  expect(subscriptionSentence({ received, of, days: 30 })).toBe(sentence);
});
