/** EventClock is what tells how far a model's event time has come; all times are epoch ms. */
export interface EventClock {
  /** The newest event time of any prediction or label of the model. */
  newestEventAt: number;
  /** When the last row was received, in real time. */
  lastReceivedAt: number;
}

/**
 * asOf returns the event time up to which a model is complete: the newest event seen while rows arrive, so that a replay of months within minutes is
 * judged window by window as live traffic is. Once none has arrived for `idleMs`, event time runs on at the speed of real time from where it was: a
 * service that fell silent is still judged, and a replay that pauses is not taken for one.
 */
export function asOf(clock: EventClock, now: number, idleMs: number): number {
  const quietFor = now - clock.lastReceivedAt;
  return Math.min(now, quietFor >= idleMs ? clock.newestEventAt + quietFor : clock.newestEventAt);
}
