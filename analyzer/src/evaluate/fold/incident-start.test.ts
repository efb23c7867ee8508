import { rangeAlarms } from "@leeway/core/incidents";
import { describe, expect, it } from "vitest";
import { createLedgerWorld, FROM, HOUR, type LedgerWorld, MODEL, PROJECT } from "../testing/ledger-world.ts";
import { createMemoryStore } from "../testing/memory-store.ts";
import { loadEarlierRuns } from "./load-earlier-runs.ts";

const QUIET = 12;
const SURGES = [QUIET, QUIET + 1, QUIET + 2];

// Two windows out of bounds in a row are an alarm of the volume: the first one only drifts.
async function play(passAt: (hour: number) => boolean): Promise<LedgerWorld> {
  const world = await createLedgerWorld(createMemoryStore());
  for (let hour = 0; hour < QUIET + 4; hour++) {
    const requests = 100 + (hour % 3);
    world.traffic.add(
      "1",
      "eu",
      FROM + hour * HOUR,
      SURGES.includes(hour) ? 9 * requests : requests,
      world.clock.now,
    );
    if (passAt(hour)) await world.pass();
  }
  await world.pass();
  return world;
}

const storedVerdicts = (world: LedgerWorld, from: number) =>
  world.store.evaluations.list(PROJECT, { model: MODEL, from, to: FROM + 100 * HOUR });

const toAlarmEvaluations = (verdicts: Awaited<ReturnType<typeof storedVerdicts>>) =>
  verdicts.map((verdict) => ({ ...verdict, confidence: 0.9 }));

describe("an incident starts with the first failing window, as the alarm of an evaluated range does", () => {
  it.each<[string, (hour: number) => boolean]>([
    ["all windows are judged in one pass", () => false],
    ["each window is judged in a pass of its own", () => true],
    ["the first failing window is judged in an earlier pass", (hour) => hour === QUIET],
  ])("where %s", async (_, passAt) => {
    const world = await play(passAt);
    const verdicts = await storedVerdicts(world, FROM);
    expect(verdicts.find(({ window_start }) => window_start === FROM + QUIET * HOUR)?.outcome).toBe(
      "drifting",
    );
    const [incident] = await world.incidents();
    expect(incident?.started_at).toBe(FROM + QUIET * HOUR);
    expect(rangeAlarms(toAlarmEvaluations(verdicts), 0)[0]?.start).toBe(incident?.started_at);
  });

  it("where the range begins with the window that raises the alarm", async () => {
    const world = await play(() => true);
    const verdicts = await storedVerdicts(world, FROM + (QUIET + 1) * HOUR);
    const earlier = await loadEarlierRuns({ store: world.store, project: PROJECT }, MODEL, [verdicts[0]!]);
    expect(verdicts[0]?.outcome).toBe("alarm");
    expect(rangeAlarms(toAlarmEvaluations(verdicts), 0, earlier)[0]?.start).toBe(FROM + QUIET * HOUR);
  });
});

describe("loadEarlierRuns", () => {
  const verdictAt = (window: number, outcome: "ok" | "drifting" | "alarm") => ({
    ...{ model: MODEL, version: "1", environment: "production" as const, monitor_id: "drift" },
    ...{ kind: "drift" as const, segment: "", window_start: window * HOUR, window_end: (window + 1) * HOUR },
    ...{ revision: 1, outcome, reason: "", detail: {}, state: {}, evaluated_at: 0, judgedFeatures: 0 },
    driftedFeatures: 0,
  });

  it.each([0, 1, 19, 20, 21, 40, 41, 100])("reads a run of %i windows to its beginning", async (length) => {
    const store = createMemoryStore();
    const last = 200;
    const begin = last - length;
    const run = Array.from({ length }, (_, index) => verdictAt(begin + index, "drifting"));
    const before = [verdictAt(begin - 2, "drifting"), verdictAt(begin - 1, "ok")];
    await store.evaluations.insert(PROJECT, [...before, ...run]);
    const runs = await loadEarlierRuns({ store, project: PROJECT }, MODEL, [verdictAt(last, "alarm")]);
    const starts = runs.map(({ window_start }) => window_start / HOUR);
    expect(Math.min(last, ...starts.filter((start) => start >= begin))).toBe(begin);
    expect(starts.filter((start) => start >= begin)).toHaveLength(length);
  });
});
