/** uniform returns the SQL of a number in (0, 1) that follows from the row's `number` and a purpose: rows are made where they are stored. */
export const uniform = (purpose: number) => `((cityHash64(number, ${purpose}) % 1000003 + 0.5) / 1000003)`;

/** normal returns the SQL of a standard normal number; it takes up two purposes. */
export const normal = (purpose: number) =>
  `(sqrt(-2 * log(${uniform(purpose)})) * cos(2 * pi() * ${uniform(purpose + 1)}))`;

/** at returns the SQL of a moment given in epoch milliseconds. */
export const at = (time: string) => `fromUnixTimestamp64Milli(toInt64(${time}), 'UTC')`;
