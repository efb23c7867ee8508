const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** DURATION_PATTERN is the wire form of a duration: a positive whole number and a unit (`90s`, `15m`, `1h`, `28d`). */
export const DURATION_PATTERN = /^([1-9]\d{0,8})(s|m|h|d)$/;

/** parseDuration returns the milliseconds that `text` (`90s`, `15m`, `1h`, `28d`) names, or undefined where it is not a duration. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION_PATTERN.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS];
}
