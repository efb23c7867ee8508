import type { OperatingPoint } from "../../evaluation/index.ts";
import { fUpperQuantile } from "../../statistics/special/f-distribution.ts";
import { sustainedTail } from "../bars/derive-operating-point.ts";
import { seasonSlot, seasonsFor } from "../bars/season.ts";

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
 * judgeVolume returns the usual count of a window and its bounds, from the logarithms of earlier windows by Student's t with Poisson noise added:
 * windows of the same hour and weekday, hour, weekday, or all of them, whichever seen often enough tells most. Undefined without history.
 * O(history).
 */
export function judgeVolume(
  window: { start: number },
  history: readonly { start: number; count: number }[],
  windowMs: number,
  point: OperatingPoint,
): VolumeJudgement | undefined {
  const earlier = history.filter(({ start }) => start < window.start);
  const candidates = seasonsFor(windowMs)
    .map((season) =>
      earlier.filter(
        ({ start }) => seasonSlot(season, start, windowMs) === seasonSlot(season, window.start, windowMs),
      ),
    )
    .filter((peers) => peers.length >= MINIMUM_SLOT_WINDOWS)
    .map((peers) => judgeAgainst(peers, point));
  return candidates.reduce<VolumeJudgement | undefined>(
    (best, one) => (best === undefined || spanOf(one) < spanOf(best) ? one : best),
    undefined,
  );
}

// How much the bounds leave open; a lower bound of 0 counts as half a prediction.
function spanOf({ low, high }: VolumeJudgement): number {
  return (high + 0.5) / (low + 0.5);
}

function judgeAgainst(peers: readonly { count: number }[], point: OperatingPoint): VolumeJudgement {
  const logs = peers.map(({ count }) => Math.log(count + 0.5));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
  const expected = Math.max(0, Math.exp(mean) - 0.5);
  const degrees = logs.length - 1 + PRIOR_WINDOWS;
  const variance = (squares + PRIOR_WINDOWS * PRIOR_DEVIATION ** 2) / degrees + 1 / Math.max(1, expected);
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
