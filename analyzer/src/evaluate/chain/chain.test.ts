import { LeewayError } from "@leeway/core/errors";
import type { Evaluation } from "@leeway/core/evaluation";
import type { TimeWindow } from "@leeway/core/window";
import { describe, expect, it } from "vitest";
import { type Assessment, assessChain, type WindowVerdict } from "./assess-chain.ts";
import { hasChanged } from "./has-changed.ts";
import { type ChainPosition, nextBlock } from "./next-block.ts";
import { andAllLater, type ChainProgress, firstUnjudged, planChain } from "./plan-chain.ts";

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

describe("a store that fails while a window is judged", () => {
  const failing = (error: Error) =>
    assessChain({
      ...{ scope, windows, known: new Map(), previousState: undefined, evaluatedAt: 1 },
      assess: () => {
        throw error;
      },
    });

  it.each(["store_unavailable", "store_overloaded", "timeout"] as const)(
    "leaves no verdict where it is %s: the window stays owed",
    async (code) => {
      const away = new LeewayError(code, "memory limit exceeded");
      await expect(failing(new Error("wrapped", { cause: away }))).rejects.toThrow("wrapped");
    },
  );

  it("leaves an error with the reason where the defect is ours", async () => {
    const verdicts = await failing(new LeewayError("internal", "row 3 of 9 does not parse"));
    expect(verdicts.map(({ evaluation }) => evaluation.outcome)).toEqual(Array(4).fill("error"));
    expect(verdicts[0]?.evaluation.reason).toContain("row 3 of 9 does not parse");
  });
});

describe("planChain", () => {
  const judged = (until: number, rest: Partial<ChainProgress> = {}): ChainProgress => ({
    ...{ judgedFrom: 0, judgedUntil: until, gaps: [], waiting: [], failed: [] },
    ...rest,
  });
  const plan = (progress: ChainProgress | undefined, touched: number[] = []) =>
    planChain({ due: windows, progress, isTouched: (window) => touched.includes(window.start) });
  const owed = (planned: ReturnType<typeof plan>) => [...planned.owed].sort((a, b) => a - b);

  it.each([
    ["before the first verdict", undefined, [0, 10, 20, 30]],
    ["after some verdicts", judged(20), [20, 30]],
    ["when all are judged", judged(40), []],
    ["where a range was judged ahead of the schedule", judged(40, { judgedFrom: 20 }), [0, 10]],
    ["where a range left a hole", judged(40, { gaps: [{ from: 10, to: 30 }] }), [10, 20]],
    ["where a verdict is an error, although nothing new is due", judged(40, { failed: [10] }), [10]],
  ])("owes the windows without a verdict %s", (_, progress, expected) => {
    expect(owed(plan(progress))).toEqual(expected);
  });

  it("goes back to a window that late rows touched, and to no other", () => {
    expect(owed(plan(judged(40), [10]))).toEqual([10]);
    expect(owed(andAllLater(plan(judged(40), [10])))).toEqual([10, 20, 30]);
    expect(owed(andAllLater(plan(judged(40))))).toEqual([]);
  });

  it("looks at windows that wait for labels again when a new window is due, not at every pass", () => {
    expect(owed(plan(judged(30, { waiting: [10] })))).toEqual([10, 30]);
    expect(owed(plan(judged(40, { waiting: [10] })))).toEqual([]);
  });

  it.each([
    ["the oldest without a verdict", judged(20, { judgedFrom: 10 }), 0],
    ["the one that ended in an error", judged(40, { failed: [20] }), 20],
    ["none when all are judged", judged(40), undefined],
  ])("names as first that was never judged %s", (_, progress, expected) => {
    expect(firstUnjudged(windows, progress)?.start).toBe(expected);
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
