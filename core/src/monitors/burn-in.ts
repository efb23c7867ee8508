import { z } from "zod";
import type { Monitor } from "../records/index.ts";

/** HeldAlarms is what a monitor's burn-in kept from people so far. */
export interface HeldAlarms {
  alarms: number;
  /** Real time of the last one. */
  lastAt: number;
}

/** burnInSchema is how a monitor stands: `burning_in` records and shows, and notifies nobody; `notifying` is what every other one does. */
export const burnInSchema = z.object({
  state: z.enum(["burning_in", "notifying"]),
  /** Real time at which it ends if no alarm comes before. */
  until: z.number().optional(),
  /** Alarms that nobody was notified of. */
  alarms: z.number().int(),
});

export type BurnIn = z.infer<typeof burnInSchema>;

/** BURN_IN_MS is how long a monitor that a person adds burns in unless they say otherwise: a week has every day in it. */
export const BURN_IN_MS = 7 * 86_400_000;

/**
 * burnInOf returns whether a monitor may notify people at `now`, real time. Its burn-in ends by hand, or once it was quiet for its whole length: each alarm begins it anew. O(1).
 *
 * @example burnInOf({ burn_in: 100, burn_in_since: 0 }, { alarms: 1, lastAt: 50 }, 120); // burning_in until 150
 */
export function burnInOf(
  {
    burn_in: length,
    burn_in_since: since = 0,
    promoted,
  }: Pick<Monitor, "burn_in" | "burn_in_since" | "promoted">,
  held: HeldAlarms | undefined,
  now: number,
): BurnIn {
  // Alarms of an earlier burn-in are none of this one.
  const isOfThis = held !== undefined && held.lastAt >= since;
  const alarms = held?.alarms ?? 0;
  const until = (isOfThis ? held.lastAt : since) + (length ?? 0);
  const isOver = length === undefined || promoted !== undefined || now >= until;
  return isOver ? { state: "notifying", alarms } : { state: "burning_in", until, alarms };
}

/**
 * withBurnIn returns a monitor with its burn-in as a person wants it: `asked` milliseconds, 0 for none. Where nothing is asked a new one burns in for a week, and one that is there already
 * goes on as it was. O(1).
 */
export function withBurnIn(
  monitor: Monitor,
  asked: number | undefined,
  former: Monitor | undefined,
  now: number,
): Monitor {
  const { burn_in: _asked, burn_in_since: _since, promoted: _promoted, ...rest } = monitor;
  const length = asked ?? (former === undefined ? BURN_IN_MS : (former.burn_in ?? 0));
  if (length === 0) return rest;
  if (former?.burn_in !== length) return { ...rest, burn_in: length, burn_in_since: now };
  const { burn_in_since: since = now, promoted } = former;
  return { ...rest, burn_in: length, burn_in_since: since, ...(promoted === undefined ? {} : { promoted }) };
}
