import type { Cell } from "./table.ts";

const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(Z|[+-]\d{2}:?\d{2})?$/i;
const LARGEST_SECONDS = 1e11;
const LARGEST_MILLISECONDS = 1e14;

/**
 * toEpochMs returns a cell as epoch milliseconds, or null when it isn't a time. Numbers are seconds, milliseconds or
 * microseconds, whichever puts them between 1973 and 5138; texts without a zone are UTC.
 */
export function toEpochMs(cell: Cell): number | null {
  if (cell === null || typeof cell === "boolean") return null;
  if (cell instanceof Date) return nullIfNaN(cell.getTime());
  const number = typeof cell === "number" ? cell : /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : null;
  if (number !== null) {
    if (Math.abs(number) < LARGEST_SECONDS) return Math.round(number * 1_000);
    return Math.round(Math.abs(number) < LARGEST_MILLISECONDS ? number : number / 1_000);
  }
  const match = LOCAL_TIME.exec(String(cell).trim());
  if (match === null) return null;
  const [, date, time = "00:00", zone = "Z"] = match;
  return nullIfNaN(Date.parse(`${date}T${time}${zone.toUpperCase()}`));
}

/** toNumber returns a cell as a finite number, or null. */
export function toNumber(cell: Cell): number | null {
  if (cell === null || cell instanceof Date || (typeof cell === "string" && cell.trim() === "")) return null;
  const number = Number(cell);
  return Number.isFinite(number) ? number : null;
}

/** toClass returns a cell as a class name, number or boolean, or null when there is none. */
export function toClass(cell: Cell): string | number | boolean | null {
  return cell instanceof Date ? cell.toISOString() : cell;
}

/** FeatureKind is what a CSV column holds. */
export type FeatureKind = "number" | "boolean" | "text";

const MISSING = /^(nan|na|null|none)$/i;

/** inferFeatureKind decides from a column's first cells whether all that are there are numbers, or all true or false. */
export function inferFeatureKind(cells: readonly Cell[]): FeatureKind {
  const texts = cells.filter((cell) => typeof cell === "string" && !MISSING.test(cell.trim())) as string[];
  if (texts.length === 0) return "text";
  if (texts.every((text) => toNumber(text) !== null)) return "number";
  return texts.every((text) => /^(true|false)$/i.test(text.trim())) ? "boolean" : "text";
}

/** toFeature returns a cell as a feature value; a text that is not of its column's kind stays text, and is seen as such. */
export function toFeature(cell: Cell, kind: FeatureKind): string | number | boolean | null {
  if (typeof cell !== "string") return toClass(cell);
  const text = cell.trim();
  if (MISSING.test(text)) return null;
  if (kind === "boolean" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return kind === "number" ? (toNumber(text) ?? cell) : cell;
}

function nullIfNaN(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}
