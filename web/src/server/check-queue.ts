import { createFairQueue } from "../auth/fair-queue.ts";

/** CheckPlace says where in the queue a check waits: in whose lane, and whether it comes before all who are not preferred. */
export interface CheckPlace {
  lane: string;
  isPreferred: boolean;
  /** Ends the wait, not the check: the client is gone. */
  signal: AbortSignal | undefined;
}

/** CheckResult is what became of a check: it ran, there was no room to wait, or its client went away. */
export type CheckResult<Value> =
  | { outcome: "done"; value: Value }
  | { outcome: "full" }
  | { outcome: "left" };

/** CheckQueue runs password checks, a few at a time, in an order that is fair to every network. */
export interface CheckQueue {
  run<Value>(place: CheckPlace, check: () => Promise<Value>): Promise<CheckResult<Value>>;
}

/** CheckQueueOptions are the clock, the timer and the pace of each lane. */
export interface CheckQueueOptions {
  now: () => number;
  /** Calls `run` after `ms`; the answer cancels it. */
  later: (ms: number, run: () => void) => () => void;
  readyAt: (lane: string, now: number) => number;
}

// Each check holds 32 MiB and a thread of the pool for a fifth of a second: a flood of guesses must not starve the pages.
const MAX_CONCURRENT_CHECKS = 2;
const MAX_WAITING = 128;
const MAX_WAITING_PER_LANE = 16;

interface Waiter {
  start(): void;
  refuse(): void;
}

/** createCheckQueue returns an empty queue. A check starts in the same turn in which its place comes up. */
export function createCheckQueue({ now, later, readyAt }: CheckQueueOptions): CheckQueue {
  const queue = createFairQueue<Waiter>({ maxWaiting: MAX_WAITING, maxPerLane: MAX_WAITING_PER_LANE });
  let running = 0;
  let cancelWake = (): void => undefined;

  function serve(): void {
    cancelWake();
    while (running < MAX_CONCURRENT_CHECKS) {
      const turn = queue.next(now(), (lane) => readyAt(lane, now()));
      if (turn.outcome === "later") cancelWake = later(turn.at - now(), serve);
      if (turn.outcome !== "serve") return;
      running++;
      turn.item.start();
    }
  }

  return {
    run: ({ lane, isPreferred, signal }, check) =>
      new Promise((resolve, reject) => {
        const leave = () => {
          queue.leave(waiter);
          resolve({ outcome: "left" });
        };
        const waiter: Waiter = {
          start() {
            signal?.removeEventListener("abort", leave);
            check()
              .then((value) => resolve({ outcome: "done", value }), reject)
              .finally(() => {
                running--;
                serve();
              });
          },
          refuse: () => resolve({ outcome: "full" }),
        };
        if (signal?.aborted === true) return resolve({ outcome: "left" });
        const entry = queue.enter(waiter, lane, isPreferred);
        if (entry.outcome === "full") return resolve({ outcome: "full" });
        entry.displaced?.refuse();
        signal?.addEventListener("abort", leave, { once: true });
        serve();
      }),
  };
}
