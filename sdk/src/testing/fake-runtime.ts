import type { HttpAnswer, HttpRequest, SdkRuntime } from "../runtime.ts";

interface Timer {
  readonly at: number;
  readonly task: () => void;
  readonly keepAlive: boolean;
}

/** FakeRuntime is a runtime whose clock moves only by `advance`. */
export interface FakeRuntime extends SdkRuntime {
  /** advance moves the clock, runs what falls due, and lets promises settle after each step. */
  advance(ms: number): Promise<void>;
  /** settle lets pending promises run without moving the clock. */
  settle(): Promise<void>;
  readonly requests: HttpRequest[];
  readonly exitTasks: Record<"beforeExit" | "atExit", Set<() => void>>;
  readonly warnings: string[];
  /** keptAlive counts the timers that would hold the process open. */
  keptAlive(): number;
}

/** createFakeRuntime returns a runtime at epoch 1 700 000 000 000 that answers requests with `answer`. */
export function createFakeRuntime(
  answer: (request: HttpRequest, attempt: number) => HttpAnswer | Promise<HttpAnswer> = acceptAll,
): FakeRuntime {
  let clock = 1_700_000_000_000;
  let timers: Timer[] = [];
  const requests: HttpRequest[] = [];
  const warnings: string[] = [];
  const exitTasks = { beforeExit: new Set<() => void>(), atExit: new Set<() => void>() };
  const register = (tasks: Set<() => void>, task: () => void) => {
    tasks.add(task);
    return () => tasks.delete(task);
  };

  async function settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    now: () => clock,
    monotonicMs: () => clock,
    random: () => 0.5,
    replica: "replica-1",
    warn: (line) => warnings.push(line),
    schedule(delayMs, task, keepAlive = false) {
      const timer = { at: clock + delayMs, task, keepAlive };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    beforeExit: (task) => register(exitTasks.beforeExit, task),
    atExit: (task) => register(exitTasks.atExit, task),
    exitTasks,
    async post(request) {
      requests.push(request);
      return answer(request, requests.length);
    },
    async advance(ms) {
      const until = clock + ms;
      await settle();
      for (;;) {
        const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        clock = Math.max(clock, next.at);
        next.task();
        await settle();
      }
      clock = until;
    },
    settle,
    requests,
    warnings,
    keptAlive: () => timers.filter((timer) => timer.keepAlive).length,
  };
}

/** bodyOf returns the parsed JSON of a request with an uncompressed body. */
export function bodyOf(request: HttpRequest | undefined): Record<string, unknown> & { batch_id: string } {
  return JSON.parse(request?.body as string);
}

/** eventsOf returns the events of a request, whichever kind they are. */
export function eventsOf(request: HttpRequest | undefined): Record<string, unknown>[] {
  const body = bodyOf(request);
  return (body["predictions"] ?? body["labels"] ?? body["samples"]) as Record<string, unknown>[];
}

/** acceptAll answers as ingest does when every event is stored. */
export function acceptAll(request: HttpRequest): HttpAnswer {
  return answerOf(200, { accepted: eventsOf(request).length, duplicate: 0, rejected: [] });
}

/** answerOf returns an HTTP answer with a JSON body. */
export function answerOf(status: number, body: object = {}, retryAfter: string | null = null): HttpAnswer {
  return { status, retryAfter, body: JSON.stringify(body) };
}
