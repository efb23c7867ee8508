import type { Task } from "@leeway/core/records";
import type { ModelOutputs } from "@leeway/store";

const TWO_CLASS_NAMES: readonly (readonly [string, string])[] = [
  ["false", "true"],
  ["0", "1"],
  ["no", "yes"],
  ["negative", "positive"],
];

/**
 * guessTask returns what a model that nobody configured predicts, from what its predictions and labels look like: a score or two classes make it
 * binary, more classes multiclass, a value regression. Of two classes the one that says yes is positive, else the second by name.
 */
export function guessTask(outputs: ModelOutputs): { task: Task; positiveClass: string | undefined } {
  const { classes } = outputs;
  const isMulticlass = classes.length > 2 || (outputs.withClassScores > 0 && outputs.withScore === 0);
  if (isMulticlass) return { task: "multiclass", positiveClass: undefined };
  if (outputs.withScore > 0 || classes.length > 0)
    return { task: "binary", positiveClass: positiveClassOf(classes) };
  return { task: "regression", positiveClass: undefined };
}

/** positiveClassOf returns the class that `score` is the probability of, among the classes seen. */
export function positiveClassOf(classes: readonly string[]): string {
  const byLowerCase = new Map(classes.map((name) => [name.toLowerCase(), name]));
  for (const [negative, positive] of TWO_CLASS_NAMES) {
    const found = byLowerCase.get(positive);
    if (found !== undefined) return found;
    if (byLowerCase.has(negative)) return positive;
  }
  return [...classes].sort().at(-1) ?? "true";
}
