import { setTimeout as sleep } from "node:timers/promises";
import { patience } from "../../machine/patience.ts";
import type { Oracle } from "../oracle/oracle.ts";
import { bodyOf, type PlannedBatch, type Traffic } from "./planned.ts";
import { postJson } from "./post-json.ts";

/** SendOptions say how senders behave. */
export interface SendOptions {
  /** Where each attempt goes; a batch whose address is undefined is given up unanswered. */
  urlOf: (attempt: number) => string | undefined;
  senders: number;
  /** Pause of each sender between batches, milliseconds. */
  paceMs: number;
  timeoutMs: number;
  /** How long one batch is tried, on a quiet machine, before the sender gives it up and the oracle learns of it. */
  patienceMs: number;
  /** Ends all sending: the case has failed already. */
  signal?: AbortSignal;
}

// A sender waits as the server says, but tests have no minutes to lose.
const LONGEST_PAUSE_MS = 500;

/** sendTraffic sends everything, each batch again and again until it is answered for good, and tells the oracle what was answered. */
export async function sendTraffic(traffic: Traffic, oracle: Oracle, options: SendOptions): Promise<void> {
  const queue = [...traffic.sends];
  const settled = new Map<PlannedBatch, { promise: Promise<void>; resolve: () => void }>();
  for (const batch of traffic.sends) {
    if (!settled.has(batch)) settled.set(batch, withResolver());
  }
  const sender = async () => {
    for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
      options.signal?.throwIfAborted();
      await Promise.all(batch.after.map((earlier) => settled.get(earlier)?.promise));
      await sendBatch(traffic.model, batch, oracle, options);
      settled.get(batch)?.resolve();
      await sleep(options.paceMs);
    }
  };
  await Promise.all(Array.from({ length: options.senders }, sender));
}

async function sendBatch(
  model: string,
  batch: PlannedBatch,
  oracle: Oracle,
  options: SendOptions,
): Promise<void> {
  const body = bodyOf(model, batch);
  oracle.sends(batch);
  const patienceMs = patience(options.patienceMs);
  const deadline = Date.now() + patienceMs;
  for (let attempt = 0; ; attempt++) {
    const url = options.urlOf(attempt);
    if (url === undefined) {
      oracle.givesUp(batch);
      return;
    }
    const answer = await postJson(`${url}/v1/${batch.kind}`, body, options.timeoutMs).catch(() => undefined);
    if (oracle.hears(batch, answer)) return;
    options.signal?.throwIfAborted();
    if (Date.now() > deadline) {
      oracle.complains(`${batch.batchId} was not answered for good within ${patienceMs} ms`);
      return;
    }
    await sleep(Math.min(LONGEST_PAUSE_MS, answer?.retryAfterMs ?? 100));
  }
}

function withResolver(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((onResolve) => {
    resolve = onResolve;
  });
  return { promise, resolve };
}
