import {
  className,
  featureText,
  isMissingNumber,
  isMissingText,
  readBoolean,
  readNumber,
  readTime,
} from "@leeway/core/spelling";
import type { Cell } from "./table.ts";

const LARGEST_SECONDS = 1e11;
const LARGEST_MILLISECONDS = 1e14;

/**
 * toEpochMs returns a cell as epoch milliseconds, or null when it isn't a time. Numbers are seconds, milliseconds or
 * microseconds, whichever puts them between 1973 and 5138; texts without a zone are UTC.
 */
export function toEpochMs(cell: Cell): number | null {
  if (cell === null || typeof cell === "boolean") return null;
  if (cell instanceof Date) return nullIfNaN(cell.getTime());
  const number = typeof cell === "number" ? cell : readNumber(cell);
  if (number !== undefined) {
    if (!Number.isFinite(number)) return null;
    if (Math.abs(number) < LARGEST_SECONDS) return Math.round(number * 1_000);
    return Math.round(Math.abs(number) < LARGEST_MILLISECONDS ? number : number / 1_000);
  }
  return readTime(String(cell)) ?? null;
}

/** toNumber returns a cell as a finite number, or null where it holds none. */
export function toNumber(cell: Cell): number | null {
  if (cell === null || cell instanceof Date) return null;
  if (typeof cell === "string") return readNumber(cell) ?? null;
  const number = Number(cell);
  return Number.isFinite(number) ? number : null;
}

/** isMissing says whether a cell says that there is no value. */
export function isMissing(cell: Cell): boolean {
  if (typeof cell === "string") return isMissingText(cell);
  return cell === null || (typeof cell === "number" && Number.isNaN(cell));
}

/** toClass returns a cell as a class in its one spelling, or null where it says that there is none. */
export function toClass(cell: Cell): string | number | boolean | null {
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell === "string") return className(cell) ?? null;
  return className(cell) === undefined ? null : cell;
}

/** FeatureKind is what a CSV column holds. */
export type FeatureKind = "number" | "boolean" | "text";

/** inferFeatureKind decides from a column's first cells whether all that are there are numbers, or all true or false. */
export function inferFeatureKind(cells: readonly Cell[]): FeatureKind {
  const texts = cells.filter((cell) => typeof cell === "string" && !isMissingText(cell)) as string[];
  if (texts.length === 0) return "text";
  const isNumber = (text: string) => readNumber(text) !== undefined;
  if (texts.some(isNumber) && texts.every((text) => isNumber(text) || isMissingNumber(text))) return "number";
  return texts.every((text) => readBoolean(text) !== undefined) ? "boolean" : "text";
}

/** toFeature returns a cell as a feature value; a text that is not of its column's kind stays text, and is seen as such. */
export function toFeature(cell: Cell, kind: FeatureKind): string | number | boolean | null {
  if (typeof cell !== "string") return cell instanceof Date ? cell.toISOString() : cell;
  const text = featureText(cell);
  if (text === null) return null;
  switch (kind) {
    case "boolean":
      return readBoolean(cell) ?? text;
    case "number":
      return isMissingNumber(cell) ? null : (readNumber(cell) ?? text);
    case "text":
      return text;
    default:
      return kind satisfies never;
  }
}

function nullIfNaN(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}
