/** Spell is a run of days with traffic, none of them more than three days apart; times are epoch ms of event time. */
export interface Spell {
  first: number;
  last: number;
  rows: number;
  /** Days that had traffic. */
  days: number;
}

/** ContinuousTraffic is the traffic of a version from where it is continuous, and what lies far before it. */
export interface ContinuousTraffic {
  first: number;
  last: number;
  rows: number;
  /** Predictions long before the rest: they are kept and decide nothing. */
  earlier: { rows: number; first: number; last: number } | undefined;
}

/** SPELL_GAP_DAYS is the longest step between two days of one spell. */
export const SPELL_GAP_DAYS = 3;

const DAY = 86_400_000;
// With fewer rows than an automatic reference needs, nothing was ever judged by the days that are left out.
const MOST_EARLIER_ROWS = 500;
const EARLIER_SHARE = 0.1;
const GAP_FACTOR = 3;

/**
 * continuousTraffic returns from when on the traffic of a version is continuous. Earlier days are left out where they lie apart by more than three
 * days and three times the usual step between its days, and hold fewer than 500 rows and at most a tenth of what follows. `spells` are in order of
 * time and not empty. O(spells²).
 */
export function continuousTraffic(spells: readonly Spell[]): ContinuousTraffic {
  for (let start = spells.length - 1; start > 0; start--) {
    const before = spells.slice(0, start);
    const after = spells.slice(start);
    if (!isApart(before, after)) continue;
    return { ...merged(after), earlier: merged(before) };
  }
  return { ...merged(spells), earlier: undefined };
}

function isApart(before: readonly Spell[], after: readonly Spell[]): boolean {
  const earlier = merged(before);
  const rest = merged(after);
  // Rows that came before rows were counted are not known to be few.
  if (earlier.rows === 0) return false;
  if (earlier.rows >= MOST_EARLIER_ROWS || earlier.rows > EARLIER_SHARE * rest.rows) return false;
  const gap = dayOf(rest.first) - dayOf(earlier.last);
  return gap > Math.max(SPELL_GAP_DAYS, GAP_FACTOR * usualStep(after));
}

// The median number of days from one day with traffic to the next: 1 of daily traffic, 7 of a weekly batch.
function usualStep(spells: readonly Spell[]): number {
  const steps = spells.flatMap((spell, index) => {
    const inside = Array.from({ length: spell.days - 1 }, () => 1);
    const next = spells[index + 1];
    return next === undefined ? inside : [...inside, dayOf(next.first) - dayOf(spell.last)];
  });
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 1;
}

function merged(spells: readonly Spell[]): { first: number; last: number; rows: number } {
  return {
    first: Math.min(...spells.map(({ first }) => first)),
    last: Math.max(...spells.map(({ last }) => last)),
    rows: spells.reduce((sum, { rows }) => sum + rows, 0),
  };
}

function dayOf(time: number): number {
  return Math.floor(time / DAY);
}
