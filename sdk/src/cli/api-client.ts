import { classifyAnswer, type DeliveryOutcome } from "../delivery/classify-answer.ts";
import { parseRetryAfter, retryDelayMs } from "../delivery/retry-delay.ts";
import type { HttpAnswer, SdkRuntime } from "../runtime.ts";
import { describeError } from "./describe-error.ts";

/** ApiSettings say where Leeway is and who asks. */
export interface ApiSettings {
  readonly url: string;
  readonly apiKey: string;
}

/** ApiClient posts JSON and waits patiently for a server that is away. */
export interface ApiClient {
  /** postBatch sends a batch until the server decides about it. */
  postBatch(path: string, body: object): Promise<Exclude<DeliveryOutcome, { kind: "retry" }>>;
  /** post sends a request and returns the answer; it is repeated while the server is away or busy. */
  post(path: string, body: object, timeoutMs?: number): Promise<HttpAnswer>;
}

const TIMEOUT_MS = 60_000;
/** A person is watching: after this many failures in a row they had better know. */
const MOST_FAILURES = 20;

/** createApiClient returns a client of the HTTP API for the command line. It throws when the server stays away. */
export function createApiClient(
  settings: ApiSettings,
  runtime: Pick<SdkRuntime, "now" | "random" | "post" | "schedule">,
  onRetry: (reason: string) => void,
): ApiClient {
  const { signal } = new AbortController();
  const base = settings.url.replace(/\/+$/, "");

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => runtime.schedule(ms, resolve, true));
  }

  async function attempt(path: string, text: string, timeoutMs: number): Promise<HttpAnswer> {
    const headers = { "content-type": "application/json", authorization: `Bearer ${settings.apiKey}` };
    // Node ends when nothing holds it; the sender's sockets don't.
    const release = runtime.schedule(timeoutMs + 1_000, () => undefined, true);
    try {
      return await runtime.post({ url: base + path, headers, body: text, timeoutMs, signal });
    } finally {
      release();
    }
  }

  async function post(path: string, body: object, timeoutMs = TIMEOUT_MS): Promise<HttpAnswer> {
    const text = JSON.stringify(body);
    for (let failures = 1; ; failures++) {
      let reason: string;
      let retryAfterMs: number | null = null;
      try {
        const answer = await attempt(path, text, timeoutMs);
        const isBusy = answer.status === 429 || answer.status === 408 || answer.status >= 500;
        if (!isBusy) return answer;
        reason = `HTTP ${answer.status}`;
        retryAfterMs = parseRetryAfter(answer.retryAfter, runtime.now());
      } catch (error) {
        reason = describeError(error);
      }
      if (failures >= MOST_FAILURES) throw new Error(`${base}${path}: ${reason}, after ${failures} attempts`);
      onRetry(`${base}: ${reason}`);
      await wait(retryDelayMs(failures, retryAfterMs, runtime.random));
    }
  }

  return {
    post,
    async postBatch(path, body) {
      const outcome = classifyAnswer(await post(path, body), runtime.now());
      if (outcome.kind === "retry") throw new Error(`${base}${path}: ${outcome.reason}`);
      return outcome;
    },
  };
}
