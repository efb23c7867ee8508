import type { NewestChanges } from "@leeway/store";

/** A row is stamped before it is stored: what was stamped shortly before the page was made may not have been in it. */
const IN_FLIGHT_MS = 5_000;
/** Traffic never stops: figures of it are made anew at most so often. */
const TRAFFIC_MS = 60_000;
/** Ages such as “2 h ago” go on without any change. */
const AGES_MS = 5 * 60_000;

/** isWorthRefreshing decides whether a page that was made at `madeAt` is out of date: a record or verdict is newer, or traffic came and a minute has passed. */
export function isWorthRefreshing(page: { madeAt: number; now: number; newest: NewestChanges }): boolean {
  const { madeAt, now, newest } = page;
  if (Math.max(newest.recorded, newest.judged) > madeAt - IN_FLIGHT_MS) return true;
  if (newest.received > madeAt - IN_FLIGHT_MS && now - madeAt >= TRAFFIC_MS) return true;
  return now - madeAt >= AGES_MS;
}
