const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
] as const;

/** formatDuration returns the shortest wire form (`1h`, `90s`) of `milliseconds`, rounded up to whole seconds, at least `1s`. */
export function formatDuration(milliseconds: number): string {
  const whole = Math.max(1_000, Math.ceil(milliseconds / 1_000) * 1_000);
  for (const [unit, size] of UNITS) if (whole % size === 0) return `${whole / size}${unit}`;
  return `${whole / 1_000}s`;
}
