import { expect, test } from "vitest";
import { qualityFindings, qualitySentence } from "./data-quality.ts";

test("lost events come first, then refused ones, then features that look like mistakes", () => {
  const findings = qualityFindings({
    dropped: [
      { replica: "host-1", kind: "predictions", events: 12, at: 9 },
      { replica: "host-2", kind: "predictions", events: 0, at: 9 },
    ],
    refused: [
      { kind: "predictions", code: "conflict", events: 3, lastAt: 7, example: "id: a was used before" },
      { kind: "labels", code: "a_new_reason", events: 1, lastAt: 8, example: "" },
    ],
    unknown: [{ kind: "predictions", name: "latency", events: 7, lastAt: 3 }],
    strays: [{ version: "2", environment: "production", predictions: 1, firstSeen: 4, lastSeen: 5 }],
    features: [
      {
        name: "age",
        kinds: [],
        issues: [{ code: "type_conflict", message: "came as number and as string" }],
      },
      { name: "city", kinds: [], issues: [] },
    ],
  });
  expect(findings.map(({ subject, finding, events }) => [subject, finding, events])).toEqual([
    ["predictions", "dropped by the SDK, by its stated policy, before they were sent", 12],
    ["predictions", "refused: the id came before with another payload", 3],
    ["labels", "refused: a_new_reason", 1],
    ["predictions", "latency left out: unknown field", 7],
    ["predictions", "long before all others: kept, and left out of references, charts and verdicts", 1],
    ["age", "came as number and as string", undefined],
  ]);
});

test("nothing wrong gives nothing", () => {
  expect(qualityFindings({ dropped: [], refused: [], unknown: [], strays: [], features: [] })).toEqual([]);
});

test.each([
  [[], "No event was refused in the last week."],
  [[{ refused: 0 }], "No event was refused in the last week."],
  [
    [{ refused: 1 }, { refused: 0 }],
    "One event was refused in the last week, of one model. What was refused is not stored: mend it where it is sent.",
  ],
  [
    [{ refused: 1_200 }, { refused: 34 }],
    "1,234 events were refused in the last week, of 2 models. What was refused is not stored: mend it where it is sent.",
  ],
])("%o: %s", (models, sentence) => {
  expect(qualitySentence(models)).toBe(sentence);
});
