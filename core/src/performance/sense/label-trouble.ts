import { formatNumber, formatShare } from "../../words/index.ts";
import { LARGEST_VALUE } from "../aggregate-regression-rows.ts";
import type { PerformanceAggregate } from "../merge-aggregates.ts";
import { classCountsOf } from "./class-counts.ts";
import { listClasses } from "./class-words.ts";
import { findFlip, findLostRelation, findUnsettled } from "./label-relation.ts";
import type { LabelTrouble } from "./label-troubles.ts";
import { findRespellings } from "./spelling-twins.ts";

const FEWEST_LABELS = 30;
const SMALLEST_NEW_SHARE = 0.05;
// A class of which chance would leave none once in a million windows.
const EXPECTED_OF_MISSING = 14;

/**
 * findLabelTrouble decides whether the labels of a window themselves are wrong, beside those of its reference: they cannot be used, are spelt differently,
 * lack a class, are flipped, or belong to other predictions (which predictions from failed inputs cannot show). `usual` is undefined while there is no reference: then only unusable labels are seen.
 * Undefined where labels look as they did, or where 30 have not come. O(classes + scores).
 */
export function findLabelTrouble(
  window: PerformanceAggregate,
  usual: PerformanceAggregate | undefined,
  { haveInputsFailed }: { haveInputsFailed: boolean },
): LabelTrouble | undefined {
  const unusable = findUnusable(window);
  if (unusable !== undefined) return unusable;
  if (usual === undefined || window.weightSum < FEWEST_LABELS) return undefined;
  const ofClasses = findOtherClasses(window, usual) ?? findMissingClass(window, usual);
  // Predictions from broken inputs agree with no label either.
  if (ofClasses !== undefined || haveInputsFailed) return ofClasses;
  return findFlip(window, usual) ?? findLostRelation(window, usual) ?? findUnsettled(window, usual);
}

/** isPlainTrouble decides whether one window of such labels is proof enough; of the rest two in a row are needed. O(1). */
export function isPlainTrouble({ trouble, share }: Pick<LabelTrouble, "trouble" | "share">): boolean {
  return share >= 0.5 || trouble === "missing_class";
}

/** labelsCame returns how many labels came, those that cannot be used among them. O(1). */
export function labelsCame({ seen, weightSum }: PerformanceAggregate): number {
  return Math.max(weightSum, seen?.labels.came ?? 0);
}

function findUnusable(aggregate: PerformanceAggregate): LabelTrouble | undefined {
  const { seen } = aggregate;
  if (seen === undefined) return undefined;
  const { unreadable, beyond } = seen.labels;
  const came = labelsCame(aggregate);
  const unusable = unreadable + beyond;
  if (unusable === 0 || unusable < 0.5 * came) return undefined;
  const limit = LARGEST_VALUE.toExponential().replace("+", "");
  const wanted =
    aggregate.task === "regression"
      ? "they carry no number (a regression model needs `value`)"
      : "they carry no class (this model needs `label`)";
  const why = beyond >= unreadable ? `beyond ±${limit}, too large to compute with` : wanted;
  const of = unusable < came ? ` of ${formatNumber(came)}` : "";
  return {
    trouble: "unusable",
    share: unusable / came,
    confidence: 0.95,
    what: `${formatNumber(unusable)}${of} labels came and cannot be used`,
    detail: why,
  };
}

function findOtherClasses(
  window: PerformanceAggregate,
  usual: PerformanceAggregate,
): LabelTrouble | undefined {
  const { truth, cells } = classCountsOf(window);
  const before = classCountsOf(usual);
  if (before.truth.size === 0) return undefined;
  const isKnown = (name: string) => before.truth.has(name) || before.predicted.has(name);
  const news = [...truth].filter(([name]) => !isKnown(name));
  const total = [...truth.values()].reduce((sum, count) => sum + count, 0);
  const share = news.reduce((sum, [, count]) => sum + count, 0) / total;
  if (!(share >= SMALLEST_NEW_SHARE)) return undefined;
  const names = news.sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const known = [...before.truth.keys()];
  const totalBefore = [...before.truth.values()].reduce((sum, count) => sum + count, 0);
  const gone = known.filter(
    (name) => (truth.get(name) ?? 0) / total < (0.5 * before.truth.get(name)!) / totalBefore,
  );
  const respellings = findRespellings(names, { known, gone }, cells);
  if (respellings.length > 0) {
    const pairs = respellings
      .slice(0, 3)
      .map(({ before: old, now }) => `${old} → ${now}`)
      .join(", ");
    return {
      trouble: "spelt_differently",
      share,
      confidence: 0.95,
      what: "Labels are spelt differently",
      detail: pairs,
    };
  }
  return {
    trouble: "new_classes",
    share,
    confidence: share >= 0.5 ? 0.9 : 0.6,
    what: "Labels carry classes that the reference never had",
    detail: `${listClasses(names)}, where the reference had ${listClasses(known)}`,
  };
}

function findMissingClass(
  window: PerformanceAggregate,
  usual: PerformanceAggregate,
): LabelTrouble | undefined {
  const now = classCountsOf(window);
  const before = classCountsOf(usual);
  const totalBefore = [...before.truth.values()].reduce((sum, count) => sum + count, 0);
  const total = [...now.truth.values()].reduce((sum, count) => sum + count, 0);
  for (const [name, count] of before.truth) {
    const share = count / totalBefore;
    if ((now.truth.get(name) ?? 0) > 0 || share * total < EXPECTED_OF_MISSING) continue;
    // Where the model itself expects the class no longer, the world may have changed, and not the labels.
    if (!isStillExpected(name, window, usual)) continue;
    return {
      trouble: "missing_class",
      share,
      confidence: 0.8,
      what: "Labels lack a class",
      detail: `none is ${JSON.stringify(name)}, where the reference had ${formatShare(share)} of them`,
    };
  }
  return undefined;
}

function isStillExpected(name: string, window: PerformanceAggregate, usual: PerformanceAggregate): boolean {
  const shareOf = (aggregate: PerformanceAggregate) => {
    const { predicted } = classCountsOf(aggregate);
    const total = [...predicted.values()].reduce((sum, count) => sum + count, 0);
    return total === 0 ? undefined : (predicted.get(name) ?? 0) / total;
  };
  const before = shareOf(usual);
  const now = shareOf(window);
  return before === undefined || now === undefined || now >= before / 2;
}
