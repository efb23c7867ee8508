import type { Model } from "../../records/index.ts";
import { emptyBinaryAggregate } from "../binary-aggregate.ts";
import type { ConfusionCell } from "../confusion-cell.ts";
import { emptyLossSums, mergeLossSums } from "../loss-sums.ts";
import { mergeAggregates, type PerformanceAggregate } from "../merge-aggregates.ts";
import { emptyMulticlassAggregate } from "../multiclass-aggregate.ts";
import type { PairedWindow } from "../paired-window.ts";
import { emptyRegressionAggregate } from "../regression-aggregate.ts";
import { emptyScoreHistogram } from "../score-histogram.ts";
import { findNonsense, type Nonsense } from "./find-nonsense.ts";
import type { SeenClass } from "./positive-class.ts";
import type { SeenOutputs } from "./seen-outputs.ts";

/**
 * findPairNonsense decides whether two versions can be compared: the older one is looked at as a reference is, the newer one as a window of its own.
 * The reason names the version. Undefined where both make sense. O(windows · (classes + scores)).
 */
export function findPairNonsense(
  windows: readonly PairedWindow[],
  known: { model: Pick<Model, "task" | "positive_class">; classes: readonly SeenClass[] },
  names: { baseline: string; candidate: string },
): Nonsense | undefined {
  const sideOf = (side: "baseline" | "candidate") =>
    mergeAggregates(windows.flatMap((window) => aggregateOf(window, side, known.model.task)));
  const baseline = findNonsense({ ...known, reference: sideOf("baseline") });
  if (baseline !== undefined) return named(baseline, names.baseline);
  const candidate = findNonsense({ ...known, window: sideOf("candidate") });
  return candidate === undefined ? undefined : named(candidate, names.candidate);
}

function named({ check, reason }: Nonsense, version: string): Nonsense {
  return { check, reason: `${version}: ${reason.replace(" (seen in the reference)", "")}` };
}

function aggregateOf(
  window: PairedWindow,
  side: "baseline" | "candidate",
  task: Model["task"],
): PerformanceAggregate[] {
  const given = window.sides?.[side];
  if (given === undefined) return [];
  const seen: SeenOutputs = {
    cells: given.cells,
    predicted: predictedOf(given.cells),
    labels: { came: given.labelled, unreadable: 0, beyond: 0 },
    outputs: { missing: 0, beyond: 0 },
    outputRange: given.outputRange,
    truthRange: given.truthRange,
    outputMoments: null,
  };
  const weights = { weightSum: given.labelled, weightSquareSum: given.labelled };
  switch (task) {
    case "binary": {
      const calibrationError = window.calibrationError?.[side] ?? emptyLossSums();
      return [
        {
          ...emptyBinaryAggregate(),
          ...weights,
          confusion: confusionOf(window, side),
          // Only how many rows have a score is asked of it.
          logLoss: mergeLossSums(emptyLossSums(), calibrationError),
          calibrationError,
          scoreHistogram: window.scores?.[side] ?? emptyScoreHistogram(),
          seen,
        },
      ];
    }
    case "multiclass":
      return [{ ...emptyMulticlassAggregate(), ...weights, confusion: given.cells, seen }];
    case "regression":
    case "llm":
      return [{ ...emptyRegressionAggregate(0), ...weights, seen }];
    default:
      return task satisfies never;
  }
}

// Which rows were predicted positive is not asked: only how many labels are on either side.
function confusionOf(window: PairedWindow, side: "baseline" | "candidate") {
  const { positives = [], negatives = [] } = window.scores?.[side] ?? {};
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return {
    truePositive: sum(positives),
    falsePositive: sum(negatives),
    falseNegative: 0,
    trueNegative: 0,
  };
}

function predictedOf(cells: readonly ConfusionCell[]): SeenOutputs["predicted"] {
  const counts = new Map<string, number>();
  for (const { predicted, count } of cells) {
    if (predicted !== "") counts.set(predicted, (counts.get(predicted) ?? 0) + count);
  }
  return [...counts].map(([name, count]) => ({ name, count }));
}
