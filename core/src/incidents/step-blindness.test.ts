import { describe, expect, it } from "vitest";
import type { Blindness } from "../health/index.ts";
import type { Incident } from "../records/index.ts";
import type { IncidentEvaluation } from "./incident-step.ts";
import { stepBlindness } from "./step-blindness.ts";
import { stepIncidents } from "./step-incidents.ts";

const DAY = 86_400_000;
const blindness: Blindness = {
  environment: "production",
  since: DAY,
  chains: [
    {
      ...{ monitorId: "m/drift", kind: "drift", version: "2", environment: "production" },
      ...{ windowMs: DAY, since: DAY, reason: "failing", words: "unknown column", lastVerdictAt: 0 },
    },
  ],
};
const step = (incidents: Incident[], found: Blindness[], asOf = 3 * DAY) =>
  stepBlindness({ model: "m", incidents, blindness: found, asOf, now: 7 });
const opened = () => step([], [blindness]).changed[0]!;

describe("a model that is blind", () => {
  it("opens one incident that says since when, what, why, and what to do", () => {
    const { changed, transitions } = step([], [blindness]);
    expect(changed).toHaveLength(1);
    expect(changed[0]).toMatchObject({ cause: "blind", state: "firing", started_at: DAY, version: "2" });
    expect(changed[0]?.summary).toBe("Not evaluated since 1970-01-02: the inputs. unknown column.");
    expect(changed[0]?.next_steps.length).toBeGreaterThan(0);
    expect(transitions.map(({ transition }) => transition)).toEqual(["fired"]);
  });

  it("is no news at the next passes, and says so when the reason changes", () => {
    expect(step([opened()], [blindness], 5 * DAY)).toMatchObject({ changed: [], transitions: [] });
    const other = { ...blindness, chains: [{ ...blindness.chains[0]!, words: "no such table" }] };
    const retold = step([opened()], [other], 5 * DAY);
    expect(retold.transitions).toEqual([]);
    expect(retold.changed[0]).toMatchObject({ id: opened().id, last_failing_at: 5 * DAY });
    expect(retold.changed[0]?.summary).toContain("no such table");
  });

  it("resolves when everything is judged again, and opens another incident the next time", () => {
    const { changed, transitions } = step([opened()], []);
    expect(changed[0]).toMatchObject({ state: "resolved", resolved_by: "leeway" });
    expect(transitions.map(({ transition }) => transition)).toEqual(["resolved"]);
    const again = step(changed, [{ ...blindness, since: 9 * DAY }], 12 * DAY);
    expect(again.changed[0]?.id).not.toBe(opened().id);
  });

  it("is not notified of again where a person resolved it and the same blindness goes on", () => {
    const resolved = { ...opened(), state: "resolved" as const, resolved_by: "ada" };
    expect(step([resolved], [blindness])).toMatchObject({ changed: [], transitions: [] });
  });

  it("is not resolved by healthy windows of its monitors, nor joined by its alarms", () => {
    const evaluation: Omit<IncidentEvaluation, "outcome"> = {
      ...{ model: "m", version: "2", environment: "production", monitor_id: "m/drift", kind: "drift" },
      ...{ window_start: 3 * DAY, window_end: 4 * DAY, reason: "" },
    };
    const healthy = Array.from({ length: 5 }, (_, day) => ({
      ...evaluation,
      outcome: "ok" as const,
      window_start: (3 + day) * DAY,
      window_end: (4 + day) * DAY,
    }));
    expect(stepIncidents({ incidents: [opened()], evaluations: healthy, now: 9 }).changed).toEqual([]);
    const alarm = { ...evaluation, outcome: "alarm" as const, cause: "pipeline" as const };
    const found = stepIncidents({ incidents: [opened()], evaluations: [alarm], now: 9 });
    expect(found.changed.map(({ cause }) => cause)).toEqual(["pipeline"]);
  });
});
