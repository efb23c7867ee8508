import { expect, it } from "vitest";
import { alertRules, budgetWords } from "./objective-words.ts";

const DAY = 86_400_000;

it("a 30-day objective alerts by three rules, each with the share of the budget that it asks for", () => {
  const rules = alertRules({ target: 0.99, period: 30 * DAY });
  expect(rules.map(({ name, severity, never }) => [name, severity, never])).toEqual([
    ["fast", "page", undefined],
    ["medium", "page", undefined],
    ["slow", "ticket", undefined],
  ]);
  expect(rules[0]?.condition).toBe(
    "burns more than 14.4 × over 1h and over 5m, and spent 2\u00a0% of the budget",
  );
});

it("a rule that a low target puts out of reach says so, and one that does not fit is left out", () => {
  const rules = alertRules({ target: 0.9, period: DAY });
  expect(rules.map(({ name }) => name)).toEqual(["fast", "medium"]);
  expect(rules[0]?.never).toContain("even a full outage burns only 10 times");
});

it.each([
  [null, null, "–"],
  [0.29, null, "29\u00a0%"],
  [0.29, 7 * DAY, "29\u00a0%, lasts 7 days at the present burn"],
  [-0.5, 0, "-50\u00a0%, overspent"],
])("of a budget %s left, lasting %s: %s", (budget_left, time_to_exhaustion_ms, words) => {
  expect(budgetWords({ budget_left, time_to_exhaustion_ms })).toBe(words);
});
