import type { OperatingPoint } from "../../evaluation/index.ts";
import { averageOf, medianOf, valueOr } from "../../statistics/index.ts";
import { fUpperQuantile } from "../../statistics/special/f-distribution.ts";
import { sustainedTail } from "../bars/derive-operating-point.ts";
import { type Rhythm, seasonSlot, seasonsFor } from "../bars/season.ts";

/** VolumeJudgement is what a window usually holds, and between which bounds. */
export interface VolumeJudgement {
  expected: number;
  low: number;
  high: number;
  /** Forecasts of earlier windows that say how far a forecast is usually off. */
  windows: number;
  /** An empty window would be improbable even as the start of a quiet spell. */
  isSilenceImprobable: boolean;
}

/** CountedWindow is an earlier window with its predictions. */
export interface CountedWindow {
  start: number;
  count: number;
}

/** Windows of the same slot that a forecast is the mean of: few, so that it follows growth; those of a slot are further apart than neighbours. */
const PEERS = { none: 7, hour_of_day: 4, day_of_week: 4, hour_of_week: 4 } as const satisfies Record<
  Rhythm,
  number
>;
/** Errors of earlier forecasts that a rhythm needs before it may be forecast by. */
const MINIMUM_ERRORS = 2;
/** Errors that say how far a forecast is off, and at least those of a fortnight: older ones would speak of other times. */
const MOST_ERRORS = 60;
// Traffic is over-dispersed even at a steady rate: 5 % of its level, as a standard deviation of its logarithm.
const PRIOR_DEVIATION = 0.05;
const PRIOR_WINDOWS = 4;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** How many times less, or more, a weekend may bring than the days before it. */
const WEEKEND_FACTOR = 5;
// A holiday a fortnight is no news of what an ordinary day brings: the largest tenth of the errors is left out, and the rest made up for it.
const TRIMMED_SHARE = 0.1;
// Variance of a normal variable within its central 90 %, as a share of the whole.
const TRIMMED_VARIANCE = 0.624;

interface Forecast {
  /** Mean logarithm of the peers, and how many they are. */
  level: number;
  peers: number;
}

/**
 * judgeVolume returns the usual count of a window and its bounds. Each rhythm (none, hour, weekday, hour of week) forecasts the logarithm of a window as
 * the mean of the last four windows in its slot; how far it is off is measured on the forecasts it would have made of the earlier windows, growth
 * included. The rhythm that leaves the least open is used. Student's t, with Poisson noise added. Undefined without enough history. O(history × rhythms).
 */
export function judgeVolume(
  window: { start: number },
  history: readonly CountedWindow[],
  windowMs: number,
  point: OperatingPoint,
): VolumeJudgement | undefined {
  const earlier = history.filter(({ start }) => start < window.start).sort((a, b) => a.start - b.start);
  const candidates = seasonsFor(windowMs).flatMap((season) => {
    const judged = judgeByRhythm(season, window, earlier, windowMs, point);
    return judged === undefined ? [] : [judged];
  });
  return candidates.reduce<VolumeJudgement | undefined>(
    (best, one) => (best === undefined || spanOf(one) < spanOf(best) ? one : best),
    undefined,
  );
}

// How much the bounds leave open; a lower bound of 0 counts as half a prediction.
function spanOf({ low, high }: VolumeJudgement): number {
  return (high + 0.5) / (low + 0.5);
}

function judgeByRhythm(
  season: Rhythm,
  window: { start: number },
  earlier: readonly CountedWindow[],
  windowMs: number,
  point: OperatingPoint,
): VolumeJudgement | undefined {
  const slots = new Map<number, number[]>();
  const errors: number[] = [];
  for (const { start, count } of earlier) {
    const peers = peersOf(slots, seasonSlot(season, start, windowMs));
    const log = Math.log(count + 0.5);
    const forecast = forecastFrom(peers, season);
    if (forecast !== undefined) errors.push(standardError(log, forecast));
    peers.push(log);
  }
  const forecast = forecastFrom(peersOf(slots, seasonSlot(season, window.start, windowMs)), season);
  if (forecast === undefined || errors.length < MINIMUM_ERRORS) return undefined;
  const known = {
    isEverSilent: earlier.some(({ count }) => count === 0),
    isWeekKnown: window.start - earlier[0]!.start >= WEEK_MS || windowMs > DAY_MS,
  };
  return judgeForecast(
    forecast,
    errors.slice(-Math.max(MOST_ERRORS, Math.ceil((2 * WEEK_MS) / windowMs))),
    known,
    point,
  );
}

function peersOf(slots: Map<number, number[]>, slot: number): number[] {
  const peers = slots.get(slot) ?? [];
  slots.set(slot, peers);
  return peers;
}

function forecastFrom(peers: readonly number[], season: Rhythm): Forecast | undefined {
  const last = peers.slice(-PEERS[season]);
  const level = averageOf(last);
  return level.outcome === "ok" ? { level: level.value, peers: last.length } : undefined;
}

/** standardError returns how far a forecast was off, as if it had been made from any number of peers, with the noise of the counts taken out below. */
function standardError(log: number, { level, peers }: Forecast): number {
  return (log - level) / Math.sqrt(1 + 1 / peers);
}

function judgeForecast(
  forecast: Forecast,
  errors: readonly number[],
  { isEverSilent, isWeekKnown }: { isEverSilent: boolean; isWeekKnown: boolean },
  point: OperatingPoint,
): VolumeJudgement {
  const { bias, variance: measured, degrees } = spreadOf(errors);
  const center = forecast.level + bias;
  const expected = Math.max(0, Math.exp(center) - 0.5);
  const variance = Math.max(measured, PRIOR_DEVIATION ** 2 + 1 / Math.max(1, expected));
  const bar = (tail: number) =>
    Math.sqrt(variance * (1 + 1 / forecast.peers + 1 / errors.length) * fUpperQuantile(tail, 1, degrees));
  // Until a week has been seen, its weekend has not: only what no weekend does is out of bounds.
  const half = bar(sustainedTail(point, 0.5)) + (isWeekKnown ? 0 : Math.log(WEEKEND_FACTOR));
  return {
    expected,
    low: Math.max(0, Math.exp(center - half) - 0.5),
    high: Math.exp(center + half) - 0.5,
    windows: errors.length,
    isSilenceImprobable: !isEverSilent && Math.log(0.5) < center - bar(point.immediate_tail),
  };
}

/** spreadOf returns the middle of the errors and their variance about it; the largest tenth is left out. */
function spreadOf(errors: readonly number[]): { bias: number; variance: number; degrees: number } {
  const median = valueOr(medianOf(errors), 0);
  const trimmed = Math.floor(errors.length * TRIMMED_SHARE);
  const near = [...errors]
    .sort((a, b) => Math.abs(a - median) - Math.abs(b - median))
    .slice(0, errors.length - trimmed);
  const bias = near.reduce((sum, error) => sum + error, 0) / (near.length + PRIOR_WINDOWS);
  const squares =
    near.reduce((sum, error) => sum + (error - bias) ** 2, 0) / (trimmed === 0 ? 1 : TRIMMED_VARIANCE);
  const degrees = near.length - 1 + PRIOR_WINDOWS;
  return { bias, variance: (squares + PRIOR_WINDOWS * PRIOR_DEVIATION ** 2) / degrees, degrees };
}
