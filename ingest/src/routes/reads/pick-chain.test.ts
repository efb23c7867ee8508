import type { Evaluation } from "@leeway/core/evaluation";
import { describe, expect, it } from "vitest";
import { pickChain } from "./pick-chain.ts";

const verdict = (start: number, length: number, at = 0) =>
  ({ window_start: start, window_end: start + length, evaluated_at: at }) as Evaluation;

describe("the verdicts of a chart", () => {
  it("are of one window length, one per window, in order", () => {
    const chain = pickChain([
      verdict(20, 10),
      verdict(0, 10),
      verdict(0, 100),
      verdict(0, 10, 5),
      verdict(10, 10),
    ]);
    expect(chain.map(({ window_start, evaluated_at }) => [window_start, evaluated_at])).toEqual([
      [0, 5],
      [10, 0],
      [20, 0],
    ]);
    expect(pickChain([])).toEqual([]);
  });
});
