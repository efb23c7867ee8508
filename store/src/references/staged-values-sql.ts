import {
  FALSE_SPELLINGS,
  INFINITY_PATTERN,
  MISSING_SPELLINGS,
  NUMBER_PATTERN,
  SPACES,
  TIME_PATTERN,
  TRUE_SPELLINGS,
  WHOLE_NUMBER_PATTERN,
} from "@leeway/core/spelling";

// The SQL twins of core/spelling: what each returns of a staged text is what its namesake there returns; a test compares them over the table of spellings.

const trimmed = (text: string) => `trim(BOTH ${literal(SPACES)} FROM ifNull(${text}, ''))`;

const isOneOf = (text: string, spellings: readonly string[]) =>
  `${text} IN (${spellings.map(literal).join(", ")})`;

/** isMissingSql returns the SQL that tells whether a staged text says that there is no value. */
export function isMissingSql(text: string): string {
  return isOneOf(trimmed(text), MISSING_SPELLINGS);
}

/** isMissingNumberSql returns the SQL that tells whether a staged text in a column of numbers says that the number is missing. */
export function isMissingNumberSql(text: string): string {
  const lower = `lower(${trimmed(text)})`;
  const spellings = [...new Set(MISSING_SPELLINGS.map((spelling) => spelling.toLowerCase()))];
  return `(${isOneOf(lower, spellings)} OR match(${lower}, ${literal(INFINITY_PATTERN)})
    OR (match(${lower}, ${literal(NUMBER_PATTERN)}) AND NOT isFinite(toFloat64OrZero(${lower}))))`;
}

/** finiteNumberSql returns the SQL that reads a staged text as a number, or NULL where it is none. */
export function finiteNumberSql(text: string): string {
  const digits = trimmed(text);
  return `if(match(${digits}, ${literal(NUMBER_PATTERN)}) AND isFinite(toFloat64OrZero(${digits})), toFloat64OrNull(${digits}), NULL)`;
}

/** booleanSql returns the SQL that reads a staged text as true or false, or NULL where it is neither. */
export function booleanSql(text: string): string {
  return `multiIf(${isOneOf(trimmed(text), TRUE_SPELLINGS)}, true, ${isOneOf(trimmed(text), FALSE_SPELLINGS)}, false, NULL)`;
}

/** canonicalTextSql returns the SQL of a staged text in its one spelling. */
export function canonicalTextSql(text: string): string {
  const given = `ifNull(${text}, '')`;
  const digits = trimmed(text);
  const whole = `replaceRegexpOne(${digits}, ${literal(WHOLE_NUMBER_PATTERN)}, '\\\\1')`;
  return `multiIf(${isOneOf(digits, TRUE_SPELLINGS)}, 'true', ${isOneOf(digits, FALSE_SPELLINGS)}, 'false',
    ${digits} = '-0' OR match(${digits}, '^-0\\\\.0*$'), '0', match(${digits}, ${literal(WHOLE_NUMBER_PATTERN)}), ${whole}, ${given})`;
}

/** classNameSql returns the SQL of the class that a staged text names, or NULL where it says that there is none. */
export function classNameSql(text: string): string {
  return `if(${isMissingSql(text)}, NULL, ${canonicalTextSql(trimmed(text))})`;
}

/**
 * momentSql returns the SQL that reads a staged text as a moment: epoch milliseconds or a time as `readTime` has it, in `[from, until)`; NULL where it is none. Engines
 * write the times of a Parquet in the form without a zone.
 */
export function momentSql(text: string, { from, until }: { from: number; until: number }): string {
  const given = trimmed(text);
  const number = `ifNull(${finiteNumberSql(text)}, 0)`;
  const written = `if(match(${given}, ${literal(TIME_PATTERN)}), parseDateTime64BestEffortOrNull(${given}, 3, 'UTC'), NULL)`;
  const milliseconds = `ifNull(toUnixTimestamp64Milli(${written}), 0)`;
  return `multiIf(${number} >= ${from} AND ${number} < ${until}, fromUnixTimestamp64Milli(toInt64(${number}), 'UTC'),
    ${milliseconds} >= ${from} AND ${milliseconds} < ${until}, ${written}, NULL)`;
}

function literal(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "\\'")
    .replaceAll("\t", "\\t")
    .replaceAll("\r", "\\r")
    .replaceAll("\n", "\\n");
  return `'${escaped}'`;
}
