import { expect, it } from "vitest";
import { auditWords } from "./audit-words.ts";

it.each([
  ["api_key", "put", "API key written"],
  ["monitor", "remove", "Monitor removed"],
  ["deploy_event", "put", "Deploy event written"],
] as const)("%s, %s: %s", (kind, action, words) => {
  expect(auditWords({ kind, action })).toBe(words);
});
