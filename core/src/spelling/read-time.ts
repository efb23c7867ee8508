import { trimSpaces } from "./trim-spaces.ts";

const YEAR_MONTH_DAY = "[0-9][0-9][0-9][0-9]-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
const CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]+)?)?";
const ZONE = "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])";

/**
 * TIME_PATTERN matches a moment in a file: RFC 3339, or the same without a zone or without the time of day, as data frames write it; those are UTC. No other order of day
 * and month is read: `09/01/2026` has two meanings. JavaScript and RE2 read it alike; neither knows how many days a month has.
 */
export const TIME_PATTERN = `^${YEAR_MONTH_DAY}(?:[Tt ]${CLOCK}(?: ?${ZONE})?)?$`;

const TIME = new RegExp(TIME_PATTERN);
const PARTS = /^(\d{4}-\d{2}-)(\d{2})(?:[Tt ]([\d:.]+) ?(.*))?$/;

/**
 * readTime returns the epoch milliseconds of a moment in a file, or undefined where the text is none or names a day that its month does not have. O(length).
 *
 * @example readTime("2026-09-01 10:00"); // 1788256800000
 * @example readTime("2026-02-30T10:00:00Z"); // undefined
 */
export function readTime(text: string): number | undefined {
  const trimmed = trimSpaces(text);
  const parts = TIME.test(trimmed) ? PARTS.exec(trimmed) : null;
  if (parts === null) return undefined;
  const [, month, day, clock = "00:00", zone] = parts;
  // A day beyond the end of its month would be taken for one of the next.
  const midnight = Date.parse(`${month}${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).getUTCDate() !== Number(day)) return undefined;
  const time = Date.parse(
    `${month}${day}T${clock}${(zone ?? "") === "" ? "Z" : (zone as string).toUpperCase()}`,
  );
  return Number.isNaN(time) ? undefined : time;
}
