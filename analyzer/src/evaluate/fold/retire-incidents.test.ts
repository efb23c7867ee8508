import { describe, expect, it } from "vitest";
import { exampleIncident } from "../../deliver/example-incident.ts";
import { retireIncidents } from "./retire-incidents.ts";

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 0, 5);
const traffic = (version: string, lastSeenAt: number) => ({
  model: "flight-delays",
  version,
  environment: "production" as const,
  firstSeenAt: T0,
  lastSeenAt,
  lastReceivedAt: lastSeenAt,
  count: 100,
});
const run = (versions: ReturnType<typeof traffic>[], asOf: number) =>
  retireIncidents({ incidents: [exampleIncident()], traffic: versions, monitors: [], asOf, now: 7 });

describe("retireIncidents", () => {
  it("resolves what is open on a version that another one has long replaced, and says why", () => {
    const step = run([traffic("1", T0), traffic("2", T0 + 20 * DAY)], T0 + 20 * DAY);
    expect(step.changed[0]).toMatchObject({ state: "resolved", resolved_by: "leeway", resolved_at: 7 });
    expect(step.changed[0]?.resolution).toContain("no longer served");
    expect(step.transitions.map(({ transition }) => transition)).toEqual(["resolved"]);
  });

  it.each([
    ["is still served", [traffic("1", T0 + 20 * DAY), traffic("2", T0 + 20 * DAY)]],
    ["fell silent a short while ago", [traffic("1", T0 + 10 * DAY), traffic("2", T0 + 20 * DAY)]],
    ["fell silent without a successor", [traffic("1", T0)]],
  ])("leaves an incident open on a version that %s", (_name, versions) => {
    expect(run(versions, T0 + 20 * DAY).changed).toEqual([]);
  });
});
