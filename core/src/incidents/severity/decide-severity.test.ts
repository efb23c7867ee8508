import { describe, expect, test } from "vitest";
import type { Harm, Loss } from "../../evaluation/index.ts";
import type { Cause, Severity } from "../../records/index.ts";
import type { IncidentEvaluation } from "../incident-step.ts";
import { decideSeverity, moreUrgent } from "./decide-severity.ts";
import { severityOfAlarm } from "./severity-of-alarm.ts";

const loss: Loss = {
  ...{ basis: "realised", metric: "log_loss" },
  ...{ value: 0.61, low: 0.58, high: 0.64, reference: 0.52 },
};

test.each<[Cause, number, Harm, Severity, RegExp]>([
  ["serving", 0.95, { burn: "page" }, "page", /burns fast/],
  ["serving", 0.95, { burn: "ticket" }, "ticket", /burns slowly/],
  ["serving", 0.95, {}, "page", /burns fast/],
  ["volume", 0.9, { isSilent: true }, "page", /no request/],
  ["volume", 0.9, { isSilent: false }, "ticket", /still come/],
  ["labels", 0.9, {}, "ticket", /outcome is not known/],
  ["blind", 1, {}, "ticket", /nothing is watched/],
  ["concept_drift", 0.9, { loss }, "page", /realised log loss is 0\.61 \(0\.58 to 0\.64\).*0\.52/],
  ["concept_drift", 0.9, { loss: null }, "ticket", /beyond its interval yet/],
  ["concept_drift", 0.9, {}, "ticket", /beyond its interval yet/],
  ["pipeline", 0.9, { output: true }, "page", /moved the model's output/],
  ["pipeline", 0.4, { output: true }, "ticket", /not settled/],
  ["pipeline", 0.9, { output: false }, "ticket", /did not move/],
  ["pipeline", 0.9, { output: false, loss }, "page", /log loss/],
  ["input_drift", 0.9, { loss }, "ticket", /log loss/],
  ["input_drift", 0.9, { output: true, loss: null }, "notice", /not worse/],
  ["input_drift", 0.9, { output: true }, "ticket", /nobody can say yet/],
])("%s at %d with %j is a %s", (cause, confidence, harm, severity, words) => {
  const decided = decideSeverity({ cause, confidence, harm });
  expect(decided.severity).toBe(severity);
  expect(decided.reason).toMatch(words);
});

test("harmless drift is at most a ticket, whatever else is known of it", () => {
  for (const output of [true, false]) {
    for (const confidence of [0.4, 0.9]) {
      const harm = { output, loss: null };
      expect(decideSeverity({ cause: "input_drift", confidence, harm }).severity).not.toBe("page");
    }
  }
});

describe("several verdicts of one window", () => {
  const source = (monitor_id: string, harm?: Harm) => ({ monitor_id, harm }) as IncidentEvaluation;
  const of = (sources: IncidentEvaluation[], fixed: Record<string, Severity> = {}) =>
    severityOfAlarm(
      { cause: "pipeline", confidence: 0.9, sources },
      new Map(Object.entries(fixed).map(([id, severity]) => [id, { severity }])),
    );

  test("count together: the output moved by one, performance was lost by the other", () => {
    expect(of([source("a", { output: false }), source("b", { loss })]).severity).toBe("page");
    expect(of([source("b", { loss }), source("a", { output: false, loss: null })]).severity).toBe("page");
    expect(of([source("a"), source("b")]).severity).toBe("ticket");
  });

  test("a monitor that fixes its severity speaks for itself, not for the others", () => {
    const page = source("a", { output: true });
    expect(of([page], { a: "notice" })).toEqual({ severity: "notice", reason: "the monitor says so" });
    expect(of([page, source("b")], { b: "notice" }).severity).toBe("page");
    expect(of([source("a"), source("b")], { b: "page" }).severity).toBe("page");
  });
});

test("a page is more urgent than a ticket, and a ticket than a notice", () => {
  expect(moreUrgent("ticket", "page")).toBe("page");
  expect(moreUrgent("ticket", "notice")).toBe("ticket");
});
