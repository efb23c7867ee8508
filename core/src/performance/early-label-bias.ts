import { chiSquareContingency, insufficientData, type NotComputable } from "../statistics/index.ts";
import { DEFAULT_LEVEL, studentScale } from "./interval-scale.ts";
import { type LossSums, meanOf, sampleVariance } from "./loss-sums.ts";
import type { MetricEstimate } from "./metric.ts";

/**
 * OutputStratum is a bin of the model's output within one window: how many predictions fell into it, and the loss sums of those that have
 * a label. Bins are ten or so, fixed per model (deciles of the reference's output; classes for a classifier without scores).
 */
export interface OutputStratum {
  predictions: number;
  labelled: LossSums;
}

/**
 * LabelBias says whether the labels that came are a fair sample of the window: `representative`; `corrected`, where they are not, but every
 * stratum has labels, with the loss reweighted to all predictions; or `refused`, where a part of the window has none.
 */
export type LabelBias =
  | { outcome: "representative"; cramersV: number; pValue: number; reason: string }
  | {
      outcome: "corrected";
      cramersV: number;
      pValue: number;
      plain: number;
      loss: MetricEstimate;
      reason: string;
    }
  | { outcome: "refused"; cramersV: number; pValue: number; reason: string };

const BIAS_P_VALUE = 0.001;
// Cramér's V of labelled against unlabelled: below it the mix differs too little to move a mean loss noticeably.
const BIAS_EFFECT = 0.1;
const MINIMUM_STRATUM_ROWS = 10;
const LARGEST_BLIND_SHARE = 0.02;

/**
 * assessLabelBias decides whether early labels are a biased sample, by comparing the model's output on labelled and on still unlabelled
 * predictions (χ² contingency, effect by Cramér's V), and if so corrects the mean loss by post-stratification: each stratum's mean loss
 * weighs by its share of all predictions. Right where, within a stratum, it is chance which label comes early. Needs 50 labels and 50
 * predictions without. Source: Little & Rubin, Statistical Analysis with Missing Data, ch. 3. O(strata).
 */
export function assessLabelBias(
  strata: readonly OutputStratum[],
  level = DEFAULT_LEVEL,
): LabelBias | NotComputable {
  const labelled = strata.map((stratum) => stratum.labelled.count);
  const waiting = strata.map((stratum) => Math.max(0, stratum.predictions - stratum.labelled.count));
  const total = (counts: number[]) => counts.reduce((sum, n) => sum + n, 0);
  if (total(labelled) < 50 || total(waiting) < 50) {
    return insufficientData("fewer than 50 predictions with, or without, a label");
  }
  const test = chiSquareContingency([labelled, waiting]);
  if (test.outcome !== "ok") return test;
  const { cramersV, pValue } = test;
  if (pValue > BIAS_P_VALUE || cramersV < BIAS_EFFECT) {
    return {
      outcome: "representative",
      cramersV,
      pValue,
      reason: `predictions with and without labels have like outputs (Cramér's V ${round(cramersV)})`,
    };
  }
  const start = `the labels that came early are a biased sample of the model's outputs (Cramér's V ${round(cramersV)})`;
  const predictions = strata.reduce((sum, stratum) => sum + stratum.predictions, 0);
  const seen = strata.filter((stratum) => stratum.labelled.count >= MINIMUM_STRATUM_ROWS);
  const seenPredictions = seen.reduce((sum, stratum) => sum + stratum.predictions, 0);
  const blindShare = 1 - seenPredictions / predictions;
  if (blindShare > LARGEST_BLIND_SHARE) {
    return {
      outcome: "refused",
      cramersV,
      pValue,
      reason: `${start}, and ${round(blindShare * 100)} % of the predictions have outputs for which hardly any label came`,
    };
  }
  let value = 0;
  let variance = 0;
  for (const { predictions: size, labelled: sums } of seen) {
    const share = size / seenPredictions;
    value += share * meanOf(sums);
    variance += (share * share * sampleVariance(sums)) / sums.count;
  }
  const count = total(labelled);
  const plain = strata.reduce((sum, stratum) => sum + stratum.labelled.sum, 0) / count;
  const standardError = Math.sqrt(variance);
  const half = studentScale(level, count - seen.length) * standardError;
  return {
    outcome: "corrected",
    cramersV,
    pValue,
    plain,
    loss: {
      outcome: "ok",
      value,
      ciLow: value - half,
      ciHigh: value + half,
      standardError,
      count,
      method: "student_t",
    },
    reason: `${start}: loss ${round(plain)} becomes ${round(value)} when weighted to all predictions`,
  };
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
