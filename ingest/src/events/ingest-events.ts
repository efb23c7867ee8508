import { hash } from "node:crypto";
import { LeewayError } from "@leeway/core/errors";
import type { BatchAnswer } from "@leeway/core/wire";
import type { BatchRecord, EventWriters } from "@leeway/store";
import type { Principal } from "../auth/principal.ts";
import { type BodySource, mediaTypeOf } from "../body/body-source.ts";
import type { BufferPool } from "../body/buffer-pool.ts";
import type { ByteBudget } from "../body/byte-budget.ts";
import { busy, readBody } from "../body/read-body.ts";
import { readLines } from "../body/read-lines.ts";
import type { TurnQueue } from "../body/turn-queue.ts";
import type { EventLimits } from "../config.ts";
import type { EventLimiter } from "../limits/event-limiter.ts";
import type { StoreGate } from "../limits/store-gate.ts";
import { checkEventCount, type EventEnvelope } from "./event-envelope.ts";
import type { EventBatch, EventLane } from "./event-lane.ts";
import { parseEvents, parseLines } from "./parse-events.ts";
import { Refusal } from "./read-outcome.ts";

const NDJSON_TYPES = new Set(["application/x-ndjson", "application/ndjson", "application/jsonl"]);

const FLUSH_BYTES = 1024 * 1024;

export interface IngestEventsDeps {
  ledger: EventWriters["ledger"];
  budget: ByteBudget;
  buffers: BufferPool;
  turns: TurnQueue;
  gate: Pick<StoreGate, "check">;
  limiter: EventLimiter;
  limits: EventLimits;
  onAnswer: (kind: EventLane["kind"], answer: BatchAnswer) => void;
}

/** EventsRequest is one request that brings events. */
export interface EventsRequest {
  principal: Principal;
  source: BodySource;
  /** From the query: for bodies of lines, which have no envelope. */
  batchId: string | undefined;
}

/** ingestEvents returns the answer to a request's events once they are durable; every refusal of the whole request is thrown. */
export async function ingestEvents(
  deps: IngestEventsDeps,
  lane: EventLane,
  request: EventsRequest,
): Promise<BatchAnswer> {
  const { principal, source } = request;
  deps.gate.check();
  deps.limiter.check(principal.project);
  const mediaType = mediaTypeOf(source.contentType);
  const isLines = NDJSON_TYPES.has(mediaType);
  if (!isLines && mediaType !== "application/json") {
    throw new LeewayError(
      "unsupported_media_type",
      "Content-Type must be application/json or application/x-ndjson",
    );
  }
  const answer =
    isLines && request.batchId === undefined
      ? await ingestStream(deps, lane, request)
      : await ingestWhole(deps, lane, request, isLines);
  deps.onAnswer(lane.kind, answer);
  return answer;
}

// A batch id promises that other content is refused before anything is stored, so such a body is read whole first.
async function ingestWhole(
  deps: IngestEventsDeps,
  lane: EventLane,
  { principal, source, batchId: queryBatchId }: EventsRequest,
  isLines: boolean,
): Promise<BatchAnswer> {
  const { limits, budget } = deps;
  const { bytes, release } = await readBody(
    source,
    { maxBytes: limits.bodyBytes, maxMs: limits.bodyMs },
    budget,
    deps.buffers,
  );
  try {
    await deps.turns.turn(bytes.length);
    const { project } = principal;
    const { batchId = queryBatchId, events } = isLines
      ? { events: parseLines(bytes) }
      : readJson(lane, bytes, project, limits.batchEvents);
    const work = {
      admit: () => deps.limiter.take(project, events.length),
      write(recordOf?: (answer: BatchAnswer) => BatchRecord) {
        const batch = lane.begin(project);
        for (let index = 0; index < events.length; index++) addValue(batch, index, events[index]);
        return batch.settle(recordOf);
      },
    };
    if (batchId === undefined) {
      await work.admit();
      return await work.write().done;
    }
    const contentHash = hash("sha256", bytes);
    return await deps.ledger.run({ project, kind: lane.kind, batchId, contentHash }, work);
  } finally {
    release();
  }
}

function readJson(lane: EventLane, bytes: Buffer, project: string, maxEvents: number): EventEnvelope {
  const envelope = lane.scan(bytes, project) ?? parseEvents(bytes, lane.field);
  checkEventCount(envelope, lane.field, maxEvents);
  return envelope;
}

async function ingestStream(
  deps: IngestEventsDeps,
  lane: EventLane,
  { principal, source }: EventsRequest,
): Promise<BatchAnswer> {
  const { limits, budget } = deps;
  const batch = lane.begin(principal.project);
  const lineLimits = {
    maxBytes: limits.streamBytes,
    maxLineBytes: limits.lineBytes,
    maxWholeBytes: limits.bodyBytes,
    idleMs: limits.bodyMs,
  };
  let index = 0;
  let unflushed = 0;
  let flushing: Promise<void> = Promise.resolve();
  for await (const lines of readLines(source, lineLimits)) {
    const bytes = lines.length;
    if (!budget.take(bytes)) throw busy();
    try {
      const values = parseLines(lines);
      await deps.limiter.take(principal.project, values.length);
      for (const value of values) addValue(batch, index++, value);
      if (index > limits.streamEvents) {
        throw new LeewayError("payload_too_large", `a stream holds at most ${limits.streamEvents} events`);
      }
    } finally {
      budget.give(bytes);
    }
    unflushed += bytes;
    if (unflushed < FLUSH_BYTES) continue;
    // While one run of rows becomes durable the next is read, and no more: that bounds what a fast stream has in memory.
    await flushing;
    flushing = batch.flush();
    flushing.catch(() => undefined);
    unflushed = 0;
  }
  await flushing;
  return batch.finish();
}

function addValue(batch: EventBatch, index: number, value: unknown): void {
  if (value instanceof Refusal) batch.refuse(index, value);
  else batch.add(index, value);
}
