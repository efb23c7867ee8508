import { describe, expect, it } from "vitest";
import type { Incident, IncidentAction } from "../records/index.ts";
import { foldIncident } from "./fold-incident.ts";
import { expectedOffers, usefulShare, usefulWords } from "./usefulness.ts";

const incident = {
  ...{ id: "i", model: "fraud", version: "3", cause: "input_drift", state: "resolved", fired_at: 10 },
  ...{ started_at: 1, last_failing_at: 9, features: [{ name: "amount", evidence: "moved" }] },
} as unknown as Incident;
const mark = (id: string, useful: "yes" | "no" | "expected", at: number): IncidentAction => ({
  ...{ id, incident_id: "i", action: "mark", actor: "ann@leeway.example", useful, at },
});
const marked = (useful: "yes" | "no" | "expected") => foldIncident(incident, [mark("a", useful, 20)]);

describe("a mark", () => {
  it("is the last one that was given, also where the incident came back after it", () => {
    const actions = [mark("a", "no", 20), mark("b", "yes", 30)];
    expect(foldIncident(incident, actions).useful).toEqual({ mark: "yes", by: "ann@leeway.example", at: 30 });
    expect(foldIncident({ ...incident, fired_at: 40 }, actions).useful?.mark).toBe("yes");
  });

  it("changes nothing else of an incident", () => {
    const { useful: _mark, acted: _acted, ...rest } = marked("expected");
    expect(rest).toEqual(incident);
  });
});

describe("the share of useful alarms", () => {
  it("is of the marked ones among those that people were notified of", () => {
    const { fired_at: _never, ...pending } = marked("yes");
    const share = usefulShare([marked("yes"), marked("no"), marked("expected"), incident, pending]);
    expect(share).toEqual({ notified: 4, marked: 3, yes: 1, no: 1, expected: 1, share: 1 / 3 });
    expect(usefulWords(share)).toBe("1 of 3 marked alarms were useful");
  });

  it("is unknown where nothing is marked", () => {
    expect(usefulShare([incident]).share).toBeNull();
    expect(usefulWords(usefulShare([incident]))).toBeUndefined();
    expect(usefulWords(usefulShare([marked("no")]))).toBe("The one marked alarm was not useful");
  });
});

describe("an expected alarm", () => {
  it("offers a silence, and where the world has changed its windows as a new reference", () => {
    expect(expectedOffers(marked("expected"))).toEqual({
      silence: { model: "fraud", cause: "input_drift", feature: "amount" },
      reference: { model: "fraud", version: "3", from: 1, to: 9 },
    });
    const broken: Incident = { ...marked("expected"), cause: "pipeline", features: [] };
    expect(expectedOffers(broken)).toEqual({ silence: { model: "fraud", cause: "pipeline" } });
  });

  it("is the only one that offers something", () => {
    expect(expectedOffers(marked("yes"))).toBeUndefined();
    expect(expectedOffers(incident)).toBeUndefined();
  });
});
