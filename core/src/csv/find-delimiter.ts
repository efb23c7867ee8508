import { parseCsvFields } from "./parse-fields.ts";
import { createRecordSplitter } from "./split-records.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
/** What other programs put between values; a text that is cut by one of them alike in every line is no table of one column. */
const FOREIGN = [":", "^", "~", "\u0001", " ", "&", "#"] as const;
const RECORDS_LOOKED_AT = 50;
const FEWEST_FOREIGN_FIELDS = 3;

/** DelimiterOutcome is the delimiter of a CSV, or that it cannot be found out. */
export type DelimiterOutcome = { kind: "found"; delimiter: string } | { kind: "unclear"; header: string };

/**
 * findDelimiter decides which of comma, semicolon, tab and vertical bar separates the values of a CSV from its beginning: the one that cuts the first line into several
 * values and each of the next lines into as many. A single column has none. O(bytes).
 */
export function findDelimiter(beginning: Uint8Array): DelimiterOutcome {
  const cuts = DELIMITERS.map((delimiter) => cutBy(beginning, delimiter));
  const header = cutBy(beginning, undefined).header;
  const several = cuts.filter(({ columns }) => columns > 1);
  if (several.length === 0) {
    const isForeign = FOREIGN.some((delimiter) => {
      const { columns, isEven, records } = cutBy(beginning, delimiter);
      return columns >= FEWEST_FOREIGN_FIELDS && isEven && records > 1;
    });
    return isForeign ? { kind: "unclear", header } : { kind: "found", delimiter: "," };
  }
  const even = several.filter(({ isEven }) => isEven);
  const candidates = (even.length > 0 ? even : several).sort((a, b) => b.columns - a.columns);
  const [best, next] = candidates as [Cut, ...Cut[]];
  if (next !== undefined && next.columns === best.columns) return { kind: "unclear", header };
  return { kind: "found", delimiter: best.delimiter };
}

interface Cut {
  delimiter: string;
  header: string;
  columns: number;
  records: number;
  /** isEven says whether all records that were looked at have as many values as the first. */
  isEven: boolean;
}

function cutBy(beginning: Uint8Array, separator: string | undefined): Cut {
  const split = createRecordSplitter(separator);
  const delimiter = separator ?? "\n";
  let records: string[];
  try {
    records = split(beginning).map(({ text }) => text);
  } catch {
    // A quote that is not closed: with another delimiter it may be. Who reads the whole text says in which line.
    return { delimiter, header: "", columns: 0, records: 0, isEven: false };
  }
  const [header = "", ...others] = records.slice(0, RECORDS_LOOKED_AT);
  const columns = parseCsvFields(header, delimiter).length;
  const isEven = others.every((text) => parseCsvFields(text, delimiter).length === columns);
  return { delimiter, header, columns, records: others.length + 1, isEven };
}
