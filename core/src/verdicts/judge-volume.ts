import { fUpperQuantile } from "./f-distribution.ts";
import type { OperatingPoint } from "./operating-point.ts";
import { sustainedTail } from "./operating-point.ts";
import { seasonSlot, seasonsFor } from "./season.ts";

/** VolumeJudgement is what a window usually holds, and between which bounds. */
export interface VolumeJudgement {
  expected: number;
  low: number;
  high: number;
  /** Earlier windows it was learned from. */
  windows: number;
  /** An empty window would be improbable even as the start of a quiet spell. */
  isSilenceImprobable: boolean;
}

const MINIMUM_SLOT_WINDOWS = 3;
// Traffic is over-dispersed even at a steady rate: 5 % of its level, as a standard deviation of its logarithm.
const PRIOR_DEVIATION = 0.05;
const PRIOR_WINDOWS = 4;

/**
 * judgeVolume returns the usual count of a window and its bounds, from the logarithms of earlier windows of the same slot of the week (or day, or
 * of all, by what has been seen often enough), by Student's t around their mean with Poisson noise added. Undefined without
 * history. O(history).
 */
export function judgeVolume(
  window: { start: number },
  history: readonly { start: number; count: number }[],
  windowMs: number,
  point: OperatingPoint,
): VolumeJudgement | undefined {
  const earlier = history.filter(({ start }) => start < window.start);
  const slots = [...seasonsFor(windowMs)]
    .reverse()
    .map((season) =>
      earlier.filter(
        ({ start }) => seasonSlot(season, start, windowMs) === seasonSlot(season, window.start, windowMs),
      ),
    );
  const peers = slots.find((slot) => slot.length >= MINIMUM_SLOT_WINDOWS);
  if (peers === undefined) return undefined;
  const logs = peers.map(({ count }) => Math.log(count + 0.5));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
  const expected = Math.max(0, Math.exp(mean) - 0.5);
  const variance =
    (squares + PRIOR_WINDOWS * PRIOR_DEVIATION ** 2) / (logs.length - 1 + PRIOR_WINDOWS) +
    1 / Math.max(1, expected);
  const degrees = logs.length - 1 + PRIOR_WINDOWS;
  const bar = (tail: number) =>
    Math.sqrt(variance * (1 + 1 / logs.length) * fUpperQuantile(tail, 1, degrees));
  const half = bar(sustainedTail(point, 0.5));
  return {
    expected,
    low: Math.max(0, Math.exp(mean - half) - 0.5),
    high: Math.exp(mean + half) - 0.5,
    windows: peers.length,
    isSilenceImprobable:
      peers.every(({ count }) => count > 0) && Math.log(0.5) < mean - bar(point.immediate_tail),
  };
}
