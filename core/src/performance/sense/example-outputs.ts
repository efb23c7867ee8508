import { createRandom, shuffleInPlace } from "../../random/index.ts";
import { aggregateBinaryRows } from "../aggregate-binary-rows.ts";
import { aggregateMulticlassRows } from "../aggregate-multiclass-rows.ts";
import { aggregateRegressionRows, LARGEST_VALUE } from "../aggregate-regression-rows.ts";
import type { PerformanceAggregate } from "../merge-aggregates.ts";
import type { SeenClass } from "./positive-class.ts";
import type { SeenOutputs } from "./seen-outputs.ts";

/** ClassifiedRow is a prediction of a classifier with its label, for tests: as a service would send them. */
export interface ClassifiedRow {
  score?: number;
  predicted?: string;
  label?: string;
}

/** classifiedRows returns rows of a calibrated binary classifier whose classes are `no` and `yes`, `rate` of them positive. */
export function classifiedRows(
  count: number,
  { no, yes, seed = 1, center = 0.5 }: { no: string; yes: string; seed?: number; center?: number },
): (ClassifiedRow & { score: number; predicted: string; label: string })[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const score = Math.min(0.99, Math.max(0.01, center + 0.9 * (random() - 0.5)));
    return { score, predicted: score >= 0.5 ? yes : no, label: random() < score ? yes : no };
  });
}

/** binaryOf returns the aggregate that SQL makes of such rows, with what they look like. */
export function binaryOf(
  rows: readonly ClassifiedRow[],
  positiveClass: string | undefined,
): PerformanceAggregate {
  const labelled = rows.filter(({ label }) => label !== undefined);
  const isPositive = (name: string | undefined) => (name === positiveClass ? 1 : 0);
  const scored = labelled.map(({ score }) => score).filter((score) => score !== undefined);
  const hasClasses = labelled.some(({ predicted }) => predicted !== undefined);
  return {
    ...aggregateBinaryRows({
      labels: labelled.map(({ label }) => isPositive(label)),
      scores: labelled.map(({ score }) => score ?? Number.NaN),
      ...(hasClasses ? { predicted: labelled.map(({ predicted }) => isPositive(predicted)) } : {}),
    }),
    seen: seenOf(rows, scored),
  };
}

/** multiclassOf returns the same of a multiclass model without scores. */
export function multiclassOf(rows: readonly ClassifiedRow[]): PerformanceAggregate {
  const both = rows.flatMap(({ label, predicted }) =>
    label === undefined || predicted === undefined ? [] : [{ label, predicted }],
  );
  return { ...aggregateMulticlassRows(both), seen: seenOf(rows, []) };
}

/** regressionOf returns the same of a regressor. */
export function regressionOf(rows: readonly { truth: number; predicted: number }[]): PerformanceAggregate {
  const valid = rows.filter(({ truth, predicted }) => isUsable(truth) && isUsable(predicted));
  const anchor = 0;
  const truth = valid.map((row) => row.truth);
  const predicted = valid.map((row) => row.predicted);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    ...aggregateRegressionRows({ truth, predicted, anchor }),
    seen: {
      cells: [],
      predicted: [],
      labels: {
        came: rows.length,
        unreadable: 0,
        beyond: rows.filter((row) => !isUsable(row.truth)).length,
      },
      outputs: { missing: 0, beyond: rows.filter((row) => !isUsable(row.predicted)).length },
      outputRange: rangeOf(predicted),
      truthRange: rangeOf(truth),
      outputMoments: {
        count: valid.length,
        sum: sum(predicted),
        sumOfSquares: sum(predicted.map((value) => value ** 2)),
      },
    },
  };
}

/** classesOf returns the classes that rows carry, as a store would count them. */
export function classesOf(rows: readonly ClassifiedRow[]): SeenClass[] {
  const names = new Set(rows.flatMap(({ predicted, label }) => [predicted, label]));
  return [...names].flatMap((name): SeenClass[] => {
    if (name === undefined) return [];
    const scores = rows.flatMap(({ predicted, score }) =>
      predicted === name && score !== undefined ? [score] : [],
    );
    return [
      {
        name,
        firstSeenAt: rows.findIndex(({ predicted, label }) => predicted === name || label === name),
        predicted: rows.filter(({ predicted }) => predicted === name).length,
        labelled: rows.filter(({ label }) => label === name).length,
        scored: scores.length,
        scoreSum: scores.reduce((sum, score) => sum + score, 0),
        scoreSquares: scores.reduce((sum, score) => sum + score ** 2, 0),
      },
    ];
  });
}

/** shuffledLabels returns the rows with each label at another row: a broken join. */
export function shuffledLabels<Row extends ClassifiedRow>(rows: readonly Row[], seed = 5): Row[] {
  const order = rows.map((_, i) => i);
  shuffleInPlace(order, createRandom(seed));
  return rows.map((row, i) => ({ ...row, label: rows[order[i]!]!.label }));
}

function seenOf(rows: readonly ClassifiedRow[], scores: readonly number[]): SeenOutputs {
  const labelled = rows.filter(({ label }) => label !== undefined);
  const cells = new Map<string, { truth: string; predicted: string; count: number }>();
  const predicted = new Map<string, number>();
  for (const { label, predicted: guess = "" } of rows) {
    if (guess !== "") predicted.set(guess, (predicted.get(guess) ?? 0) + 1);
    if (label === undefined) continue;
    const key = JSON.stringify([label, guess]);
    cells.set(key, { truth: label, predicted: guess, count: (cells.get(key)?.count ?? 0) + 1 });
  }
  return {
    cells: [...cells.values()],
    predicted: [...predicted].map(([name, count]) => ({ name, count })),
    labels: { came: labelled.length, unreadable: 0, beyond: 0 },
    outputs: {
      missing: labelled.filter((row) => row.predicted === undefined && row.score === undefined).length,
      beyond: 0,
    },
    outputRange: rangeOf(scores),
    truthRange: null,
    outputMoments: null,
  };
}

function rangeOf(values: readonly number[]): { low: number; high: number } | null {
  return values.length === 0 ? null : { low: Math.min(...values), high: Math.max(...values) };
}

function isUsable(value: number): boolean {
  return Math.abs(value) <= LARGEST_VALUE;
}
