import type { Model } from "../../records/index.ts";
import type { PerformanceAggregate } from "../merge-aggregates.ts";
import { performanceTask } from "../performance-task.ts";
import { classCountsOf } from "./class-counts.ts";
import { listClasses } from "./class-words.ts";
import { type NonsenseName, SENSE_CHECKS } from "./nonsense-checks.ts";
import { choosePositiveClass, type SeenClass } from "./positive-class.ts";

/** Nonsense names why labels and predictions cannot be compared; the reason says what to set or send. */
export interface Nonsense {
  check: NonsenseName;
  reason: string;
}

const POSITIVE_CLASS_CHECKS = {
  unknown: "positive_class_unknown",
  absent: "positive_class_absent",
  contradicted: "positive_class_contradicted",
} as const;

const NOT_KNOWN_YET =
  "The positive class is not known yet. Set positive_class to the class that score is the probability of";

/**
 * findNonsense decides whether a model's labels and predictions can be compared at all, before any metric is: by the classes of the whole model, then by its
 * reference or, where there is none, by `window` itself. Undefined where they make sense. O(classes + buckets).
 *
 * @example findNonsense({ model: { task: "binary", positive_class: "true" }, classes: zerosAndOnes })?.check // "positive_class_absent"
 */
export function findNonsense(evidence: {
  model: Pick<Model, "task" | "positive_class"> & Partial<Pick<Model, "configured">>;
  classes: readonly SeenClass[];
  reference?: PerformanceAggregate | undefined;
  window?: PerformanceAggregate | undefined;
}): Nonsense | undefined {
  const { model, reference, window } = evidence;
  const classes = withClassesOf(evidence.classes, [reference, window]);
  const ofClasses = findModelNonsense(model, classes);
  if (ofClasses !== undefined) return ofClasses;
  const looked = reference ?? window;
  if (looked === undefined) return undefined;
  const task = performanceTask(model, 0);
  for (const { name, tasks, isOfWindows, find } of SENSE_CHECKS) {
    if (!tasks.includes(looked.task) || (reference === undefined && !isOfWindows)) continue;
    const reason = find(looked, task);
    if (reason !== undefined)
      return { check: name, reason: reference === undefined ? reason : `${reason} (seen in the reference)` };
  }
  return undefined;
}

function findModelNonsense(
  model: Parameters<typeof findNonsense>[0]["model"],
  classes: readonly SeenClass[],
): Nonsense | undefined {
  if (model.task !== "binary") return undefined;
  const predicted = classes.filter((one) => one.predicted > 0).map(({ name }) => name);
  if (model.configured === false && predicted.length > 2) {
    const reason = `The task binary was guessed, but predictions now carry ${predicted.length} classes: ${listClasses(predicted)}. Set task to multiclass, or positive_class to the class that counts`;
    return { check: "task_contradicted", reason };
  }
  const chosen = choosePositiveClass(model, classes);
  if (chosen.outcome === "unseen") return undefined;
  if (chosen.outcome === "known") {
    // Whoever counted the rows did not know the class yet.
    const isCounted = model.positive_class !== undefined;
    return isCounted ? undefined : { check: "positive_class_unknown", reason: NOT_KNOWN_YET };
  }
  return { check: POSITIVE_CLASS_CHECKS[chosen.outcome], reason: chosen.reason };
}

// An uploaded reference may know classes that no prediction carried so far.
function withClassesOf(
  classes: readonly SeenClass[],
  aggregates: readonly (PerformanceAggregate | undefined)[],
): SeenClass[] {
  const byName = new Map(classes.map((one) => [one.name, one]));
  for (const aggregate of aggregates) {
    if (aggregate === undefined) continue;
    const { truth, predicted } = classCountsOf(aggregate);
    for (const name of new Set([...truth.keys(), ...predicted.keys()])) {
      if (byName.has(name)) continue;
      const counts = { predicted: predicted.get(name) ?? 0, labelled: truth.get(name) ?? 0 };
      byName.set(name, {
        name,
        firstSeenAt: Number.POSITIVE_INFINITY,
        ...counts,
        scored: 0,
        scoreSum: 0,
        scoreSquares: 0,
      });
    }
  }
  return [...byName.values()];
}
