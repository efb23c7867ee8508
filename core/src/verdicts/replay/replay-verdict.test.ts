import { expect, test } from "vitest";
import type { Evaluation } from "../../evaluation/index.ts";
import { profileRows, referenceFromRows } from "../../profile/index.ts";
import { createRandom, drawNormal } from "../../random/index.ts";
import { calibrateDrift } from "../bars/calibrate-drift.ts";
import { createDriftAssessor } from "../drift/assess-drift-window.ts";
import { replayVerdict } from "./replay-verdict.ts";

const DAY = 86_400_000;
const random = createRandom(21);
const span = (day: number) => ({ start: day * DAY, end: (day + 1) * DAY });
const draw = (shift: number) => ({ x: Array.from({ length: 400 }, () => shift + drawNormal(random)) });
const past = Array.from({ length: 14 }, () => draw(0));
const reference = referenceFromRows({ x: past.flatMap(({ x }) => x) }, { from: 0, to: 14 * DAY });
const calibration = calibrateDrift(
  past.map((columns, day) => profileRows(reference, columns, span(day))),
  reference,
  { windowMs: DAY },
);
const assess = createDriftAssessor({ reference, calibration, monitor: { minimum_count: 30 } });
let state: ReturnType<typeof assess>["state"] | undefined;
const chain = [0, 0.35, 0.35, 2, 0].map((shift, day) => {
  const verdict = assess(profileRows(reference, draw(shift), span(20 + day)), state);
  state = verdict.state;
  const { outcome, reason } = verdict;
  const stored = JSON.parse(JSON.stringify({ detail: verdict.detail, state: verdict.state }));
  return { kind: "drift", outcome, reason, ...stored } as Pick<
    Evaluation,
    "kind" | "outcome" | "reason" | "detail" | "state"
  >;
});

test.each(chain.map((verdict, i) => [i, verdict.outcome, verdict] as const))(
  "window %i (%s) follows from what is stored with it",
  (i, outcome, verdict) => {
    const replay = replayVerdict(verdict, chain[i - 1]);
    expect(replay).toMatchObject({ same: true, replayed: { outcome } });
    expect(replay.reason).toBe(`The stored numbers give the stored verdict: ${outcome}`);
  },
);

test("a verdict that its numbers do not give is found out", () => {
  const alarmed = chain.find(({ outcome }) => outcome === "alarm")!;
  const replay = replayVerdict({ ...alarmed, outcome: "ok" }, undefined);
  expect(replay.same).toBe(false);
  expect(replay.reason).toBe("The stored verdict is ok, the stored numbers give alarm");
});

test("a feature that the numbers do not call drifted is found out", () => {
  const calm = chain[0]!;
  const forged = JSON.parse(JSON.stringify(calm.detail));
  forged.features.x.drifted = true;
  expect(replayVerdict({ ...calm, detail: forged }, undefined).same).toBe(false);
});

test.each(["volume", "labels", "latency_slo"] as const)(
  "a verdict of kind %s is made again from rows",
  (kind) => {
    const replay = replayVerdict({ kind, outcome: "ok", reason: "as usual", detail: {} }, undefined);
    expect(replay).toMatchObject({ same: null, replayed: null });
    expect(replay.reason).toMatch(/^Verdicts of kind .* POST \/v1\/evaluate makes it again from rows$/);
  },
);
