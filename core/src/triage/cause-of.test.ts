import { expect, test } from "vitest";
import type { Cause, MonitorKind } from "../records/index.ts";
import { causeOf } from "./cause-of.ts";

const alarm = (kind: MonitorKind, cause: Cause, confidence = 0.8) => ({
  kind,
  outcome: "alarm" as const,
  cause,
  confidence,
});

test.each([
  ["nothing alarms", [], undefined],
  ["drift alone", [alarm("drift", "input_drift")], "input_drift"],
  ["lost performance alone", [alarm("performance", "concept_drift")], "concept_drift"],
  [
    "both, inputs natural",
    [alarm("drift", "input_drift"), alarm("performance", "concept_drift")],
    "concept_drift",
  ],
  ["both, inputs broken", [alarm("drift", "pipeline"), alarm("performance", "concept_drift")], "pipeline"],
  ["slow answers", [alarm("latency_slo", "serving")], "serving"],
] as const)("%s: %s", (_, evaluations, cause) => {
  expect(causeOf(evaluations)?.cause).toBe(cause);
});

test("a window that only drifts is no alarm", () => {
  expect(causeOf([{ kind: "drift", outcome: "drifting", cause: "input_drift" }])).toBeUndefined();
});

test("drift and performance that agree on a broken pipeline make it surer", () => {
  const both = causeOf([alarm("drift", "pipeline"), alarm("performance", "pipeline")]);
  expect(both!.confidence).toBeGreaterThan(causeOf([alarm("drift", "pipeline")])!.confidence);
});
