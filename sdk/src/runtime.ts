/** CancelTimer forgets a scheduled task; calling it twice does nothing. */
export type CancelTimer = () => void;

/** HttpRequest is one POST: the body is the exact bytes (or text) of one batch. */
export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** HttpAnswer is what of an answer the SDK looks at. */
export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

/** HttpPost sends one request and resolves with the answer; it rejects when none came in time. */
export type HttpPost = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * SdkRuntime is everything the SDK takes from outside: clock, randomness, timers and network. `systemRuntime`
 * in `config.ts` is the real one; tests pass a fake.
 */
export interface SdkRuntime {
  /** now is the wall clock in epoch milliseconds. */
  readonly now: () => number;
  /** monotonicMs is a clock for durations, which never goes back. */
  readonly monotonicMs: () => number;
  /** random is uniform in [0, 1). */
  readonly random: () => number;
  /** schedule runs a task later. Only with `keepAlive` does the timer hold the process open. */
  readonly schedule: (delayMs: number, task: () => void, keepAlive?: boolean) => CancelTimer;
  /** post sends a batch. */
  readonly post: HttpPost;
  /** beforeExit runs a task when the process has nothing left to do; the task may give it more. Returns how to forget it. */
  readonly beforeExit: (task: () => void) => CancelTimer;
  /** atExit runs a synchronous task as the process ends. Returns how to forget it. */
  readonly atExit: (task: () => void) => CancelTimer;
  /** replica names this process among the instances of the service. */
  readonly replica: string;
  /** warn prints one line for a person when no `onError` was given. */
  readonly warn: (line: string) => void;
}
