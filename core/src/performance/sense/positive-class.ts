import type { Model } from "../../records/index.ts";
import { className } from "../../spelling/index.ts";
import { listClasses } from "./class-words.ts";

/** SeenClass is one class of a model: how often it was predicted and how often a label named it, and the scores of the predictions that chose it. */
export interface SeenClass {
  name: string;
  /** When a prediction or label first carried it, epoch ms. */
  firstSeenAt: number;
  predicted: number;
  labelled: number;
  /** Predictions of this class with a score: how many, the sum of their scores, and of their squares. */
  scored: number;
  scoreSum: number;
  scoreSquares: number;
}

/** PositiveClass is the class that `score` is the probability of and what that is known by, or why it is not known. */
export type PositiveClass =
  | { outcome: "known"; name: string; by: "given" | "scores" | "name" }
  /** No prediction and no label named a class so far. */
  | { outcome: "unseen" }
  | { outcome: "unknown" | "absent" | "contradicted"; reason: string };

const POSITIVE_NAMES = ["true", "1", "yes", "positive"];
const FEWEST_SCORES = 5;
// A threshold parts scores by far more than this many standard deviations; the confidence in whatever class was predicted does not.
const CLEAR_DISTANCE = 1.5;

/**
 * choosePositiveClass decides which class of a binary model is the positive one: the given one if predictions or labels carry it; else the class that is
 * predicted where scores are high; else `true`, `1`, `yes` or `positive` among the classes seen; else none. A class that nothing carries is never assumed.
 * O(classes).
 *
 * @example choosePositiveClass({}, [seen("fraud", 0.9), seen("ok", 0.1)]) // { outcome: "known", name: "fraud", by: "scores" }
 */
export function choosePositiveClass(
  model: Pick<Model, "positive_class"> & Partial<Pick<Model, "configured">>,
  classes: readonly SeenClass[],
): PositiveClass {
  if (classes.length === 0) return { outcome: "unseen" };
  const { positive_class: given, configured = true } = model;
  const byScores = classOfHighScores(classes);
  if (given !== undefined) {
    const carried = [given, className(given)].find((one) => classes.some(({ name }) => name === one));
    if (carried === undefined) {
      const reason = `No prediction and no label carries the positive class "${given}": ${vocabularies(classes)}. Set positive_class to one of these`;
      return { outcome: "absent", reason };
    }
    // A guess of earlier days gives way to what is seen; what a person said does not.
    if (!configured && byScores !== undefined && byScores !== carried) {
      const reason = `The positive class "${given}" was guessed, but scores are high where "${byScores}" is predicted. Set positive_class to the class that score is the probability of`;
      return { outcome: "contradicted", reason };
    }
    return { outcome: "known", name: carried, by: "given" };
  }
  if (byScores !== undefined) return { outcome: "known", name: byScores, by: "scores" };
  const byName = classOfPositiveName(classes);
  if (byName !== undefined) return { outcome: "known", name: byName.name, by: "name" };
  const reason = `The positive class is not known: ${vocabularies(classes)}. Set positive_class to the class that score is the probability of`;
  return { outcome: "unknown", reason };
}

/** withPositiveClass returns the model with its positive class as choosePositiveClass knows it, in the spelling that rows carry; it stays as it is where it is not known. O(classes). */
export function withPositiveClass(model: Model, classes: readonly SeenClass[]): Model {
  if (model.task !== "binary") return model;
  const chosen = choosePositiveClass(model, classes);
  return chosen.outcome === "known" ? { ...model, positive_class: chosen.name } : model;
}

// What is predicted goes before what only labels carry, what came first before what came later: labels that are spelt differently one day change nothing.
function classOfPositiveName(classes: readonly SeenClass[]): SeenClass | undefined {
  const rankOf = ({ name }: SeenClass) => POSITIVE_NAMES.indexOf(name.toLowerCase());
  return classes
    .filter((one) => rankOf(one) >= 0)
    .sort(
      (a, b) =>
        Number(b.predicted > 0) - Number(a.predicted > 0) ||
        a.firstSeenAt - b.firstSeenAt ||
        rankOf(a) - rankOf(b),
    )[0];
}

// The scores of the class with the highest mean must lie clearly above those of all others together.
function classOfHighScores(classes: readonly SeenClass[]): string | undefined {
  const scored = classes.filter(({ scored }) => scored >= FEWEST_SCORES);
  const highest = [...scored].sort((a, b) => b.scoreSum / b.scored - a.scoreSum / a.scored)[0];
  if (highest === undefined) return undefined;
  const rest = scored.filter((one) => one !== highest);
  if (rest.length === 0) return besideOnlyOne(classes, highest);
  const above = momentsOf([highest]);
  const below = momentsOf(rest);
  const spread = Math.sqrt((above.variance + below.variance) / 2);
  const distance = above.mean - below.mean;
  return distance > 0 && distance >= CLEAR_DISTANCE * spread ? highest.name : undefined;
}

// Where one of two classes was never predicted, its scores say which of the two they belong to.
function besideOnlyOne(classes: readonly SeenClass[], only: SeenClass): string | undefined {
  const others = classes.filter(({ name }) => name !== only.name);
  const other = others[0];
  if (other === undefined || others.length > 1 || other.predicted > 0) return undefined;
  const { mean, variance } = momentsOf([only]);
  if (Math.abs(mean - 0.5) < CLEAR_DISTANCE * Math.sqrt(variance)) return undefined;
  return mean > 0.5 ? only.name : other.name;
}

function momentsOf(classes: readonly SeenClass[]): { mean: number; variance: number } {
  const sum = (pick: (one: SeenClass) => number) => classes.reduce((total, one) => total + pick(one), 0);
  const rows = sum(({ scored }) => scored);
  const mean = sum(({ scoreSum }) => scoreSum) / rows;
  return { mean, variance: Math.max(0, sum(({ scoreSquares }) => scoreSquares) / rows - mean ** 2) };
}

function vocabularies(classes: readonly SeenClass[]): string {
  const named = (pick: (one: SeenClass) => number) =>
    listClasses(classes.filter((one) => pick(one) > 0).map(({ name }) => name));
  return `predictions carry ${named(({ predicted }) => predicted)}, labels carry ${named(({ labelled }) => labelled)}`;
}
