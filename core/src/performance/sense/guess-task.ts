import type { Task } from "../../records/index.ts";
import { choosePositiveClass, type SeenClass } from "./positive-class.ts";

/** ShownOutputs is what the predictions and labels of a model hold: how many of each kind of output, and the classes that they name. */
export interface ShownOutputs {
  withScore: number;
  withValue: number;
  withClassScores: number;
  classes: readonly string[];
}

/**
 * guessTask returns what a model that nobody configured predicts, from what its predictions and labels look like: a score or two classes make it
 * binary, more classes multiclass, a value regression. The positive class stays open as long as what is seen does not tell it.
 */
export function guessTask(
  outputs: ShownOutputs,
  classes: readonly SeenClass[],
): { task: Task; positiveClass: string | undefined } {
  const isMulticlass = outputs.classes.length > 2 || (outputs.withClassScores > 0 && outputs.withScore === 0);
  if (isMulticlass) return { task: "multiclass", positiveClass: undefined };
  if (outputs.withScore > 0 || outputs.classes.length > 0) {
    const chosen = choosePositiveClass({}, classes);
    return { task: "binary", positiveClass: chosen.outcome === "known" ? chosen.name : undefined };
  }
  return { task: "regression", positiveClass: undefined };
}
