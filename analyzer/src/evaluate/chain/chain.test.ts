import type { Evaluation } from "@leeway/core/evaluation";
import type { TimeWindow } from "@leeway/core/window";
import { describe, expect, it } from "vitest";
import { type Assessment, assessChain, type WindowVerdict } from "./assess-chain.ts";
import { hasChanged } from "./has-changed.ts";
import { type ChainPosition, nextBlock } from "./next-block.ts";
import { andAllLater, planChain } from "./plan-chain.ts";

const scope = {
  model: "flights",
  version: "1",
  environment: "production" as const,
  monitor_id: "flights/drift",
  kind: "drift" as const,
  segment: "",
};
const windows: TimeWindow[] = [0, 1, 2, 3].map((i) => ({ start: i * 10, end: i * 10 + 10 }));

// Counts how many windows in a row were above 5; an alarm from the second on.
const assess =
  (values: readonly number[]) =>
  (window: TimeWindow, previous: object | undefined): WindowVerdict => {
    const value = values[window.start / 10]!;
    if (Number.isNaN(value)) throw new Error("no such value");
    const streak = value > 5 ? ((previous as { streak: number } | undefined)?.streak ?? 0) + 1 : 0;
    return {
      outcome: streak >= 2 ? "alarm" : streak === 1 ? "drifting" : "ok",
      reason: `value ${value}, ${streak} in a row`,
      detail: { value },
      state: { streak },
      blamed: [],
    };
  };
const judge = (
  values: readonly number[],
  known: readonly Evaluation[] = [],
  from = 0,
): Promise<Assessment[]> => {
  const byStart = new Map(known.map((evaluation) => [evaluation.window_start, evaluation]));
  return assessChain({
    scope,
    windows: windows.slice(from),
    known: byStart,
    previousState: from === 0 ? undefined : byStart.get(windows[from - 1]!.start)?.state,
    assess: assess(values),
    evaluatedAt: 1,
  });
};
const run = async (values: readonly number[], known: readonly Evaluation[] = [], from = 0) =>
  (await judge(values, known, from)).filter(({ change }) => change !== "same");
const outcomes = (assessments: readonly Assessment[]) =>
  assessments.map(({ evaluation }) => [evaluation.window_start, evaluation.outcome, evaluation.revision]);

describe("assessChain", () => {
  it("hands each window's state to the next", async () => {
    expect(outcomes(await run([1, 9, 9, 1]))).toEqual([
      [0, "ok", 1],
      [10, "drifting", 1],
      [20, "alarm", 1],
      [30, "ok", 1],
    ]);
  });

  it("says nothing new when the same windows are judged again", async () => {
    const stored = (await run([1, 9, 9, 1])).map(({ evaluation }) => evaluation);
    expect(await run([1, 9, 9, 1], stored)).toEqual([]);
    expect(await judge([1, 9, 9, 1], stored)).toHaveLength(4);
  });

  it("takes the last digits of a sum that was added up in another order for the same", async () => {
    const stored = (await run([0.1 + 0.2, 1, 1, 1])).map(({ evaluation }) => ({
      ...evaluation,
      reason: "same",
    }));
    const again = { ...stored[0]!, detail: { value: 0.3 } };
    expect(hasChanged(stored[0]!, again)).toBe(false);
    expect(hasChanged(stored[0]!, { ...again, detail: { value: 0.300001 } })).toBe(true);
  });

  it("revises a window that late rows changed, and those after it whose verdict followed from it", async () => {
    const stored = (await run([1, 9, 9, 1])).map(({ evaluation }) => evaluation);
    const revised = await run([1, 1, 9, 1], stored, 1);
    expect(outcomes(revised)).toEqual([
      [10, "ok", 2],
      [20, "drifting", 2],
    ]);
    expect(revised.map(({ change }) => change)).toEqual(["revised", "revised"]);
  });

  it("calls a window that could not be judged an error, and goes on with the state before it", async () => {
    const assessments = await run([9, Number.NaN, 9, 1]);
    expect(outcomes(assessments).map(([, outcome]) => outcome)).toEqual(["drifting", "error", "alarm", "ok"]);
    expect(assessments[1]?.evaluation.reason).toContain("no such value");
  });
});

describe("planChain", () => {
  const plan = (judgedUntil: number | undefined, waiting: number[] = [], touched: number[] = []) =>
    planChain({
      due: windows,
      progress: { judgedUntil, waiting },
      isTouched: (window) => touched.includes(window.start),
    });
  const owed = (planned: ReturnType<typeof plan>) => [...planned.owed];

  it("owes the windows without a verdict", () => {
    expect(owed(plan(undefined))).toEqual([0, 10, 20, 30]);
    expect(owed(plan(20))).toEqual([20, 30]);
    expect(owed(plan(40))).toEqual([]);
  });

  it("goes back to a window that late rows touched, and to no other", () => {
    expect(owed(plan(40, [], [10]))).toEqual([10]);
    expect(owed(andAllLater(plan(40, [], [10])))).toEqual([10, 20, 30]);
    expect(owed(andAllLater(plan(40)))).toEqual([]);
  });

  it("looks at windows that wait for labels again when a new window is due, not at every pass", () => {
    expect(owed(plan(30, [10]))).toEqual([10, 30]);
    expect(owed(plan(40, [10]))).toEqual([]);
  });
});

describe("nextBlock", () => {
  const due = Array.from({ length: 100 }, (_, i) => ({ start: i * 10, end: i * 10 + 10 }));
  const block = (owed: number[], position: Partial<ChainPosition>, limit = 200) =>
    nextBlock(
      { due, owed: new Set(owed.map((index) => index * 10)) },
      { index: 0, isStateNew: false, followed: 0, ...position },
      limit,
    );

  it("takes neighbouring owed windows together and passes over the others", () => {
    expect(block([3, 4, 5, 9], {})).toEqual([3, 6]);
    expect(block([3, 4, 5, 9], { index: 6 })).toEqual([9, 10]);
    expect(block([3, 4, 5, 9], { index: 10 })).toBeUndefined();
  });

  it("follows a window that hands on something new, a few windows at first and more later", () => {
    expect(block([3], { index: 4, isStateNew: true })).toEqual([4, 8]);
    expect(block([3], { index: 8, isStateNew: true, followed: 4 })).toEqual([8, 12]);
    expect(block([3], { index: 16, isStateNew: true, followed: 12 })).toEqual([16, 28]);
    expect(block([3, 6], { index: 4, isStateNew: true })).toEqual([4, 6]);
    expect(block([3], { index: 98, isStateNew: true })).toEqual([98, 100]);
    expect(block([3], { index: 100, isStateNew: true })).toBeUndefined();
  });

  it("loads no more than a pass may judge at once", () => {
    expect(block([3, 4, 5], {}, 2)).toEqual([3, 5]);
  });
});
