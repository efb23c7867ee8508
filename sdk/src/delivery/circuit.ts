import type { CancelTimer, SdkRuntime } from "../runtime.ts";

/** CircuitState: `closed` sends freely, `open` waits, `half_open` has one probe on its way. */
export type CircuitState = "closed" | "open" | "half_open";

/** Circuit keeps a failing server from being hammered. */
export interface Circuit {
  readonly state: CircuitState;
  /** failures counts the failed attempts since the last success. */
  readonly failures: number;
  /** enter resolves with true when the caller may send, with false once the circuit was stopped. */
  enter(): Promise<boolean>;
  /** succeed closes the circuit and lets everybody through. */
  succeed(): void;
  /** fail opens the circuit for a time; after it a single probe is let through. */
  fail(delayMs: number): void;
  /** stop sends everybody away for good. */
  stop(): void;
}

/** createCircuit returns a closed circuit whose timers never hold the process open. */
export function createCircuit(runtime: Pick<SdkRuntime, "schedule">): Circuit {
  let state: CircuitState = "closed";
  let failures = 0;
  let isStopped = false;
  let waiters: (() => void)[] = [];
  let cancelTimer: CancelTimer | null = null;

  function wakeAll(): void {
    const woken = waiters;
    waiters = [];
    for (const wake of woken) wake();
  }

  return {
    get state() {
      return state;
    },
    get failures() {
      return failures;
    },
    async enter() {
      while (!isStopped) {
        if (state === "closed") return true;
        if (state === "open" && cancelTimer === null) {
          state = "half_open";
          return true;
        }
        await new Promise<void>((resolve) => waiters.push(resolve));
      }
      return false;
    },
    succeed() {
      state = "closed";
      failures = 0;
      cancelTimer?.();
      cancelTimer = null;
      wakeAll();
    },
    fail(delayMs) {
      state = "open";
      failures++;
      cancelTimer?.();
      cancelTimer = runtime.schedule(delayMs, () => {
        cancelTimer = null;
        wakeAll();
      });
    },
    stop() {
      isStopped = true;
      cancelTimer?.();
      wakeAll();
    },
  };
}
