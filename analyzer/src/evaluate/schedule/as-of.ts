/** ModelClock is what tells how far a model's event time has come; all times are epoch ms. */
export interface ModelClock {
  /** The newest event time of any prediction or label of the model. */
  newestEventAt: number;
  /** When the last row was received, in real time. */
  lastReceivedAt: number;
}

/**
 * asOf returns the event time up to which a model is complete: the newest event seen while rows arrive, and now once none has arrived for
 * `idleMs` of real time. So a replay of months within minutes is judged window by window as live traffic is, and a service that fell silent is
 * still judged.
 */
export function asOf(clock: ModelClock, now: number, idleMs: number): number {
  if (now - clock.lastReceivedAt >= idleMs) return now;
  return Math.min(now, clock.newestEventAt);
}
