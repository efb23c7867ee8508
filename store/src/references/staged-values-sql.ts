/** finiteNumberSql returns the SQL that reads a staged text as a number, or NULL where it is none, infinite or NaN. */
export function finiteNumberSql(text: string): string {
  const number = `toFloat64OrNull(ifNull(${text}, ''))`;
  return `if(isFinite(ifNull(${number}, nan)), ${number}, NULL)`;
}

/** isBlankNumberSql returns the SQL that tells whether a staged text says that a number is missing: NaN and infinities are, as the SDK sends them. */
export function isBlankNumberSql(text: string): string {
  return `(lower(ifNull(${text}, '')) IN ('na', 'null', 'none') OR NOT isFinite(ifNull(toFloat64OrNull(ifNull(${text}, '')), 0)))`;
}

/** momentSql returns the SQL that reads a staged text as a moment: epoch milliseconds or any common way of writing one; NULL where it is none. */
export function momentSql(text: string): string {
  const given = `ifNull(${text}, '')`;
  const isEpoch = `match(${given}, '^[0-9]{11,14}$') AND toInt64OrZero(${given}) < ${Date.UTC(2200, 0, 1)}`;
  return `if(${isEpoch}, fromUnixTimestamp64Milli(toInt64OrZero(${given}), 'UTC'), parseDateTime64BestEffortOrNull(${given}, 3, 'UTC'))`;
}
