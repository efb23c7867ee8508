import { formatDuration } from "../duration/index.ts";
import { countWords } from "../words/index.ts";
import { expectedWindowCoverage, type LabelArrivalCurve } from "./label-arrival-curve.ts";

/**
 * MaturityState says how far the labels of a window have come: `mature` enough to judge; `waiting` for labels that are still on their
 * way; `labels_missing` where the usual share should have come and has not; `unknown` where nothing is known about this model's delay.
 */
export type MaturityState = "mature" | "waiting" | "labels_missing" | "unknown";

/** MaturityNumbers are what decides whether labels have come: weighted counts are welcome. */
export interface MaturityNumbers {
  predictions: number;
  /** labelled / predictions. */
  coverage: number;
  /** What is usual at this age and in the end; null while that is not known. */
  expectedCoverage: number | null;
  finalCoverage: number | null;
  /** Whether the usual coverage is final: false while labels still come for the oldest predictions. */
  isSettled?: boolean | undefined;
  /** Age of the window's end. */
  ageMs: number;
  /** As the user states it. */
  labelDelayMs?: number | undefined;
}

/** Maturity is whether a window's performance may be judged, with the coverage it has and what is usual at its age. */
export interface Maturity {
  mature: boolean;
  state: MaturityState;
  coverage: number;
  expectedCoverage: number | null;
  finalCoverage: number | null;
  reason: string;
  /** What this follows from, see decideMaturity. */
  numbers: MaturityNumbers;
}

/** MATURE_SHARE is the part of the usual final coverage that a window must be old enough to have reached. */
export const MATURE_SHARE = 0.95;

/** MISSING_SHARE: a window with less than this part of the coverage usual at its age lacks labels, and is not judged on the rest. */
export const MISSING_SHARE = 0.5;

/**
 * assessMaturity decides whether the labels of a window are what this model's label delay usually gives. With a learned `curve` a window
 * is old enough where the curve has reached 95 % of its final coverage; with a stated `labelDelayMs` where the youngest prediction is that
 * old (the stated delay wins). `ageMs` is the age of the window's end, `windowMs` its length. Weighted counts are welcome. O(1).
 */
export function assessMaturity(input: {
  predictions: number;
  labelled: number;
  ageMs: number;
  windowMs?: number;
  curve?: LabelArrivalCurve;
  labelDelayMs?: number;
}): Maturity {
  const { predictions, labelled, ageMs, windowMs = 0, curve, labelDelayMs } = input;
  return decideMaturity({
    predictions,
    coverage: predictions > 0 ? labelled / predictions : 0,
    expectedCoverage: curve === undefined ? null : expectedWindowCoverage(curve, ageMs, ageMs + windowMs),
    finalCoverage: curve?.finalCoverage ?? null,
    isSettled: curve?.settled,
    ageMs,
    labelDelayMs,
  });
}

/** decideMaturity decides whether the labels of a window have come as they usually do, from the numbers alone. O(1). */
export function decideMaturity(numbers: MaturityNumbers): Maturity {
  const { predictions, coverage, expectedCoverage: expected, finalCoverage, ageMs, labelDelayMs } = numbers;
  const say = (state: MaturityState, reason: string): Maturity => ({
    mature: state === "mature",
    state,
    coverage,
    expectedCoverage: expected,
    finalCoverage,
    reason,
    numbers,
  });
  if (predictions === 0) return say("unknown", "no predictions in the window");
  const rows = Math.round(predictions);
  const have = `${percent(coverage)} of ${countWords(rows, "prediction")} ${rows === 1 ? "has a label" : "have labels"}`;
  if (labelDelayMs !== undefined && ageMs < labelDelayMs) {
    return say(
      "waiting",
      `${have}; labels take up to ${formatDuration(labelDelayMs)}, the window is ${ageText(ageMs)} old`,
    );
  }
  if (expected === null || finalCoverage === null) {
    if (labelDelayMs === undefined)
      return say("unknown", `${have}; when this model's labels come is not known yet`);
    return coverage > 0
      ? say("mature", `${have}, and the label delay of ${formatDuration(labelDelayMs)} has passed`)
      : say("labels_missing", `no label came within the label delay of ${formatDuration(labelDelayMs)}`);
  }
  const usual = `${percent(expected)} is usual at this age, ${percent(finalCoverage)} in the end`;
  if (labelDelayMs === undefined && numbers.isSettled === false) {
    return say(
      "waiting",
      `${have}; labels still come for the oldest predictions seen, so the usual coverage is not known yet`,
    );
  }
  if (labelDelayMs === undefined && expected < MATURE_SHARE * finalCoverage)
    return say("waiting", `${have}; ${usual}`);
  if (coverage < MISSING_SHARE * expected) return say("labels_missing", `only ${have}; ${usual}`);
  return say("mature", `${have}; ${usual}`);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

function ageText(ageMs: number): string {
  return ageMs <= 0 ? "0s" : formatDuration(ageMs);
}
