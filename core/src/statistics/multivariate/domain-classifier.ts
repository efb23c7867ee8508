import { type RandomSource, sampleIndices, shuffleInPlace } from "../../random/index.ts";
import { binColumn, tabulate } from "../boosting/bin-rows.ts";
import {
  DEFAULT_BOOSTING,
  featureGains,
  fitBoostedClassifier,
  scoreRows,
} from "../boosting/boosted-classifier.ts";
import { insufficientData, notDefined, type Outcome } from "../outcome.ts";
import { normalUpperTail } from "../special/normal-distribution.ts";
import { type SeparationArea, separationArea, separationInterval } from "./area-under-curve.ts";
import { createPairProducts } from "./pair-products.ts";

/** DomainClassification says how well a classifier tells window rows from reference rows, and by which features. */
export type DomainClassification = SeparationArea & {
  /** One-sided: how often no drift gives an area this large. */
  pValue: number;
  /** Every feature with its share of what the classifier gained by it, the largest first. */
  blame: { feature: number; share: number }[];
  rows: number;
};

/** DomainClassifierOptions bound the work; `random` picks rows and folds. */
export type DomainClassifierOptions = {
  readonly random: RandomSource;
  readonly maxRowsPerSide?: number;
  readonly folds?: number;
  /** Products of this many pairs of columns are features too: those whose correlation differs most between the training rows of both sides. */
  readonly products?: number;
};

/** Rows a side below which five folds say nothing. */
const MINIMUM_ROWS = 50;

/**
 * classifyDomain returns how well boosted trees, cross-validated, tell a window's rows from the reference's, and who is to blame.
 *
 * For: drift of any shape in any few features together. Area ½ without drift, 1 when the two never overlap. Arguments: one column
 * a feature on both sides (NaN is missing and can be distinguished by it); rows are sampled down to `maxRowsPerSide` (2,000).
 * Smallest sample: 50 rows a side (`insufficient_data`); `not_defined` when features differ in number. Seeded by `random`.
 * O(folds · rounds · rows · features), about 0.1 s for 2,000 rows a side and 25 features. Source: Friedman 2003 (two-sample tests
 * by classification); Lopez-Paz & Oquab 2017; Nadeau & Bengio 2003 (spread of cross-validated estimates).
 *
 * @example classifyDomain(reference, window, { random: createRandom(1) });
 */
export function classifyDomain(
  reference: readonly Float64Array[],
  window: readonly Float64Array[],
  { random, maxRowsPerSide = 2000, folds = 5, products = 0 }: DomainClassifierOptions,
): Outcome<DomainClassification> {
  if (reference.length !== window.length || reference.length === 0) {
    return notDefined(`${window.length} features against ${reference.length}`);
  }
  const available = Math.min(reference[0]!.length, window[0]!.length);
  if (available < MINIMUM_ROWS)
    return insufficientData(`${available} rows a side; ${MINIMUM_ROWS} are needed`);
  const size = Math.min(available, maxRowsPerSide);
  const fromReference = sampleIndices(reference[0]!.length, size, random);
  const fromWindow = sampleIndices(window[0]!.length, size, random);
  const columns = reference.map((column, f) => joinSamples(column, fromReference, window[f]!, fromWindow));
  const labels = Uint8Array.from({ length: 2 * size }, (_, row) => (row < size ? 0 : 1));
  const { area, gains } = crossValidate({ columns, labels, folds, products }, random);
  // Folds share training rows, so their areas vary together; Nadeau and Bengio's correction makes up for it.
  const varianceFactor = 1 + folds / (folds - 1);
  // Under no drift the area has the rank-sum statistic's spread.
  const deviation = Math.sqrt((varianceFactor * (2 * size + 1)) / (12 * size * size));
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  const blame = Array.from(gains, (gain, feature) => ({ feature, share: total > 0 ? gain / total : 0 }));
  return {
    outcome: "ok",
    ...separationInterval(area, size, size, 0.95, varianceFactor),
    pValue: normalUpperTail((area - 0.5) / deviation),
    blame: blame.sort((a, b) => b.share - a.share || a.feature - b.feature),
    rows: 2 * size,
  };
}

function joinSamples(
  reference: Float64Array,
  fromReference: Uint32Array,
  window: Float64Array,
  fromWindow: Uint32Array,
): Float64Array {
  const joined = new Float64Array(fromReference.length + fromWindow.length);
  fromReference.forEach((row, i) => {
    joined[i] = reference[row]!;
  });
  fromWindow.forEach((row, i) => {
    joined[fromReference.length + i] = window[row]!;
  });
  return joined;
}

function crossValidate(
  task: { columns: readonly Float64Array[]; labels: Uint8Array; folds: number; products: number },
  random: RandomSource,
): { area: number; gains: Float64Array } {
  const { columns, labels, folds, products } = task;
  const binned = columns.map(binColumn);
  const half = labels.length / 2;
  // Each half is shuffled apart, so every fold holds as many of one side as of the other.
  const [reference, window] = [0, half].map((start) =>
    shuffleInPlace(
      Uint32Array.from({ length: half }, (_, i) => start + i),
      random,
    ),
  ) as [Uint32Array, Uint32Array];
  const chooseProducts = createPairProducts(columns, [reference, window], products);
  const gains = new Float64Array(columns.length);
  let areaSum = 0;
  for (let fold = 0; fold < folds; fold++) {
    const isHeldOut = (_: number, i: number) => i % folds === fold;
    const isTrainedOn = (_: number, i: number) => i % folds !== fold;
    const held = [reference.filter(isHeldOut), window.filter(isHeldOut)] as const;
    const training = Uint32Array.from([...reference.filter(isTrainedOn), ...window.filter(isTrainedOn)]);
    // Chosen on the training rows alone: what the held-out rows say of the pairs stays unseen.
    const pairs = chooseProducts(held);
    const features = [...binned, ...pairs.map(({ bins }) => bins)];
    const classifier = fitBoostedClassifier(
      tabulate(features, training),
      Uint8Array.from(training, (row) => labels[row]!),
      DEFAULT_BOOSTING,
    );
    const separated = separationArea(
      scoreRows(classifier, tabulate(features, held[0])),
      scoreRows(classifier, tabulate(features, held[1])),
    );
    areaSum += separated.outcome === "ok" ? separated.area : 0.5;
    featureGains(classifier, features.length).forEach((gain, f) => {
      const owners = f < gains.length ? [f] : pairs[f - gains.length]!.pair;
      for (const owner of owners) gains[owner]! += gain / owners.length;
    });
  }
  return { area: areaSum / folds, gains };
}
