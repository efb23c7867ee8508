import { mergeSparseColumns, sparseFromMap } from "./sparse-columns.ts";

/** EXACT_SCORES is how many distinct scores a histogram keeps as they are; beyond it they are snapped to a grid. */
export const EXACT_SCORES = 8192;

const SNAP_POINTS = 1024;

/**
 * ScoreHistogram counts rows by score and class, as parallel columns with ascending scores. Of a set of up to 8,192 labelled rows the scores
 * are exact, so that rankings are; of a larger one they are snapped (`isSnapped`), when chance among so many rows is far larger than what
 * snapping moves. SQL fills it with `sumMap([key], [weight * label], [weight * (1 - label)])`, key being the score or, for a set with more
 * rows, `pow(sin((least(1023, floor(asin(sqrt(score)) * 2 / pi() * 1024)) + 0.5) / 1024 * pi() / 2), 2)`.
 */
export interface ScoreHistogram {
  scores: number[];
  positives: number[];
  negatives: number[];
  isSnapped: boolean;
}

/**
 * snapScore returns the middle of a probability's cell on a grid of 1,024 cells that is even in asin(√score): about 2e-6 wide at 0 and 1
 * and 1.5e-3 at one half, so that rare-event models, whose scores all lie near 0, keep their ranking. O(1).
 */
export function snapScore(score: number): number {
  const cell = Math.min(
    SNAP_POINTS - 1,
    Math.floor(((Math.asin(Math.sqrt(score)) * 2) / Math.PI) * SNAP_POINTS),
  );
  return Math.sin((((cell + 0.5) / SNAP_POINTS) * Math.PI) / 2) ** 2;
}

/** emptyScoreHistogram returns the histogram of no rows. */
export function emptyScoreHistogram(): ScoreHistogram {
  return { scores: [], positives: [], negatives: [], isSnapped: false };
}

/** createScoreHistogram returns the histogram of [positives, negatives] by score, snapped if there are more than 8,192 scores. O(n log n). */
export function createScoreHistogram(
  byScore: ReadonlyMap<number, readonly [number, number]>,
): ScoreHistogram {
  const { keys, columns } = sparseFromMap(byScore, 2);
  const histogram = { scores: keys, positives: columns[0]!, negatives: columns[1]!, isSnapped: false };
  return keys.length > EXACT_SCORES ? snapScoreHistogram(histogram) : histogram;
}

/** snapScoreHistogram returns the histogram with every score snapped to the grid. O(scores). */
export function snapScoreHistogram(histogram: ScoreHistogram): ScoreHistogram {
  const snapped: ScoreHistogram = { scores: [], positives: [], negatives: [], isSnapped: true };
  histogram.scores.forEach((score, i) => {
    const key = snapScore(score);
    if (snapped.scores.at(-1) !== key) {
      snapped.scores.push(key);
      snapped.positives.push(0);
      snapped.negatives.push(0);
    }
    snapped.positives[snapped.positives.length - 1]! += histogram.positives[i]!;
    snapped.negatives[snapped.negatives.length - 1]! += histogram.negatives[i]!;
  });
  return snapped;
}

/** mergeScoreHistograms returns the histogram of both sets of rows, snapped if either is or if too many scores come together. O(scores). */
export function mergeScoreHistograms(a: ScoreHistogram, b: ScoreHistogram): ScoreHistogram {
  const merged = mergeSparseColumns(a.scores, [a.positives, a.negatives], b.scores, [
    b.positives,
    b.negatives,
  ]);
  const histogram = {
    scores: merged.keys,
    positives: merged.columns[0]!,
    negatives: merged.columns[1]!,
    isSnapped: false,
  };
  const isSnapped = a.isSnapped || b.isSnapped || histogram.scores.length > EXACT_SCORES;
  return isSnapped ? snapScoreHistogram(histogram) : histogram;
}
