import type { ChainPlan } from "./plan-chain.ts";

/** ChainPosition is where the judging of a chain stands. */
export interface ChainPosition {
  /** Index of the first due window not passed yet. */
  index: number;
  /** Whether the window before hands on something else than it did: the next one then has to be judged again. */
  isStateNew: boolean;
  /** Windows judged in a row only because of that. */
  followed: number;
}

// Most changes are lost within a few windows: loading many at once would be for nothing, loading one at a time slow.
const FOLLOWED_FIRST = 4;
const FOLLOWED_AT_ONCE = 32;

/**
 * nextBlock returns the indices of the windows to load and judge together next, from the first up to the second excluded: owed ones, or those
 * that follow a window which hands on something new; undefined where nothing is left to judge.
 */
export function nextBlock(
  { due, owed }: ChainPlan,
  position: ChainPosition,
  limit: number,
): [number, number] | undefined {
  const isOwed = (index: number) => owed.has(due[index]?.start ?? Number.NaN);
  let from = position.index;
  if (!position.isStateNew) while (from < due.length && !isOwed(from)) from++;
  if (from >= due.length) return undefined;
  const isFollowing = !isOwed(from);
  const size = isFollowing ? Math.min(FOLLOWED_AT_ONCE, Math.max(FOLLOWED_FIRST, position.followed)) : limit;
  let to = from + 1;
  while (to < due.length && to - from < Math.min(size, limit) && isOwed(to) !== isFollowing) to++;
  return [from, to];
}
