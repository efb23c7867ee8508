import { type Batch, splitBatch } from "../buffer/encode-batch.ts";
import type { SdkRuntime } from "../runtime.ts";
import type { BatchSource, Settlement } from "./batch-source.ts";
import type { Circuit } from "./circuit.ts";
import { classifyAnswer, type DeliveryOutcome, type Rejection } from "./classify-answer.ts";
import { gunzipText } from "./compress.ts";
import { retryDelayMs } from "./retry-delay.ts";

const PATHS = { predictions: "/v1/predictions", labels: "/v1/labels", samples: "/v1/telemetry" } as const;
/** A wrong key or address is not cured by asking again at once; this leaves time for a rotated key to arrive. */
const MISCONFIGURED_PAUSE_MS = 30_000;

/** DeliveryEvents tells the client what became of the events of a batch. */
export interface DeliveryEvents {
  accepted(batch: Batch, accepted: number, duplicate: number, rejected: readonly Rejection[]): void;
  discarded(batch: Batch, kind: "conflict" | "misconfigured" | "refused" | "too_large", reason: string): void;
  /** failed tells of a mistake in delivery itself. */
  failed(reason: string): void;
  retrying(batch: Batch, kind: "unreachable" | "misconfigured", reason: string): void;
}

/** DeliveryOptions say where to and how patiently. */
export interface DeliveryOptions {
  readonly url: string;
  readonly apiKey: string;
  readonly requestTimeoutMs: number;
  readonly concurrency: number;
}

/** Delivery sends what its source holds. */
export interface Delivery {
  /** eventsInFlight counts the events on their way that are in memory only. */
  readonly eventsInFlight: number;
  /** pump starts sending if there is something to send and a free slot. */
  pump(): void;
  /** idle resolves when nothing is on its way and the source is empty, or delivery has stopped. */
  idle(): Promise<void>;
  /** stop aborts what is on its way; batches are settled as held. */
  stop(): void;
}

/** createDelivery returns the sending loop over a source: at most `concurrency` batches on their way, one while probing. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a factory: what it returns shares the state above it
export function createDelivery(
  source: BatchSource,
  circuit: Circuit,
  events: DeliveryEvents,
  options: DeliveryOptions,
  runtime: Pick<SdkRuntime, "now" | "random" | "post">,
): Delivery {
  const abort = new AbortController();
  let busy = 0;
  let eventsInFlight = 0;
  let waiters: (() => void)[] = [];

  function accept(batch: Batch, outcome: Extract<DeliveryOutcome, { kind: "accepted" }>): Settlement {
    if (!batch.isStored) eventsInFlight -= batch.count;
    events.accepted(batch, outcome.accepted, outcome.duplicate, outcome.rejected);
    return "delivered";
  }

  function discard(
    batch: Batch,
    kind: Parameters<DeliveryEvents["discarded"]>[1],
    reason: string,
  ): Settlement {
    if (!batch.isStored) eventsInFlight -= batch.count;
    events.discarded(batch, kind, reason);
    return "discarded";
  }

  async function attempt(batch: Batch): Promise<DeliveryOutcome> {
    const headers: Record<string, string> = {
      "content-type": "application/json",
      authorization: `Bearer ${options.apiKey}`,
    };
    if (batch.isGzip) headers["content-encoding"] = "gzip";
    try {
      const answer = await runtime.post({
        url: options.url + PATHS[batch.kind],
        headers,
        body: batch.body,
        timeoutMs: options.requestTimeoutMs,
        signal: abort.signal,
      });
      return classifyAnswer(answer, runtime.now());
    } catch (error) {
      return { kind: "retry", reason: describeError(error), retryAfterMs: null };
    }
  }

  async function deliver(batch: Batch): Promise<Settlement> {
    for (;;) {
      if (!(await circuit.enter())) return "held";
      const outcome = await attempt(batch);
      if (outcome.kind === "retry") {
        circuit.fail(retryDelayMs(circuit.failures + 1, outcome.retryAfterMs, runtime.random));
        if (abort.signal.aborted) return "held";
        events.retrying(batch, "unreachable", outcome.reason);
        continue;
      }
      if (outcome.kind === "misconfigured") {
        circuit.fail(MISCONFIGURED_PAUSE_MS);
        if (source.isDurable) {
          events.retrying(batch, outcome.kind, outcome.reason);
          continue;
        }
        return discard(batch, outcome.kind, outcome.reason);
      }
      circuit.succeed();
      return settle(batch, outcome);
    }
  }

  async function settle(
    batch: Batch,
    outcome: Exclude<DeliveryOutcome, { kind: "retry" | "misconfigured" }>,
  ): Promise<Settlement> {
    switch (outcome.kind) {
      case "accepted":
        return accept(batch, outcome);
      case "too_large": {
        const text = typeof batch.body === "string" ? batch.body : await gunzipText(batch.body, batch.isGzip);
        const halves = splitBatch(batch, text);
        if (halves === null) return discard(batch, "too_large", "HTTP 413: a single event is too large");
        // One after the other: the whole is settled only when both halves are.
        const first = await deliver(halves[0]);
        return first === "held" ? first : deliver(halves[1]);
      }
      case "conflict":
      case "refused":
        return discard(batch, outcome.kind, outcome.reason);
      default:
        return outcome satisfies never;
    }
  }

  async function runSlot(): Promise<void> {
    while (!abort.signal.aborted) {
      const batch = await source.next();
      if (batch === null) return;
      if (!batch.isStored) eventsInFlight += batch.count;
      await source.settle(batch, await deliver(batch));
      // What was settled may have made room on the disk.
      await source.prepare();
    }
  }

  function notifyIdle(): void {
    if (busy > 0 || (source.hasNext() && !abort.signal.aborted)) return;
    const woken = waiters;
    waiters = [];
    for (const wake of woken) wake();
  }

  function pump(): void {
    while (busy < options.concurrency && source.hasNext() && !abort.signal.aborted) {
      busy++;
      runSlot()
        .catch((error: unknown) => events.failed(describeError(error)))
        .finally(() => {
          busy--;
          pump();
          notifyIdle();
        });
    }
  }

  return {
    get eventsInFlight() {
      return eventsInFlight;
    },
    pump,
    async idle() {
      await source.prepare();
      pump();
      if (busy === 0 && (!source.hasNext() || abort.signal.aborted)) return;
      await new Promise<void>((resolve) => waiters.push(resolve));
    },
    stop() {
      abort.abort();
      circuit.stop();
    },
  };
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return "network error";
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${error.message}${cause}`;
}
