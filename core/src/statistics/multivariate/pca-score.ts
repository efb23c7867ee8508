import { insufficientData, notDefined, type Outcome } from "../outcome.ts";
import { normalUpperTail } from "../special/normal-distribution.ts";
import { momentsOf, type PcaModel, reconstructionErrors, standardise } from "./pca-model.ts";

/** PcaScore is how well a window fits the reference's linear structure. */
export type PcaScore = {
  /** Mean reconstruction error of the window's rows, in reference standard deviations. */
  error: number;
  referenceError: number;
  /** error − referenceError, over its standard error; positive when the window fits worse. */
  zScore: number;
  /** Two-sided: a window may fit suspiciously well too, for example when columns become copies of each other. */
  pValue: number;
  rows: number;
};

/**
 * scorePca returns how far a window's rows lie from the reference's principal components, against the reference's own rows.
 *
 * Range of the error [0, ∞), about the reference's without drift. Arguments: a fitted model, one column a feature in its order.
 * Smallest sample: two rows (`insufficient_data`); `not_defined` for another number of features or a reference that fits exactly.
 * O(n·d·k). Source: Pearson 1901; the test is Welch's with the normal limit.
 *
 * @example scorePca(model, [windowA, windowB, windowC]);
 */
export function scorePca(model: PcaModel, columns: readonly Float64Array[]): Outcome<PcaScore> {
  if (columns.length !== model.means.length) {
    return notDefined(`${columns.length} features against ${model.means.length} of the model`);
  }
  const rows = columns[0]?.length ?? 0;
  if (columns.some((column) => column.length !== rows)) return notDefined("columns of different lengths");
  if (rows < 2) return insufficientData("fewer than two rows");
  const standardised = columns.map((column, f) => standardise(column, model.means[f]!, model.deviations[f]!));
  const { mean, deviation } = momentsOf(reconstructionErrors(standardised, model.components));
  const reference = model.referenceError;
  const standardError = Math.hypot(
    deviation / Math.sqrt(rows),
    reference.deviation / Math.sqrt(reference.rows),
  );
  if (!(standardError > 0)) return notDefined("neither side's error varies");
  const zScore = (mean - reference.mean) / standardError;
  const pValue = 2 * normalUpperTail(Math.abs(zScore));
  return { outcome: "ok", error: mean, referenceError: reference.mean, zScore, pValue, rows };
}
