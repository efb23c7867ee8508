import type { BatchAnswer, Rejection } from "@leeway/core/wire";
import { nameSchema } from "@leeway/core/wire";
import type { BatchRecord, BatchWrite } from "@leeway/store";
import type { EventEnvelope } from "./event-envelope.ts";
import { type EventReader, Refusal } from "./read-outcome.ts";

/** EventBatch takes the events of one request; `finish` resolves once everything accepted is durable. */
export interface EventBatch {
  add(index: number, value: unknown): void;
  /** Refuses the event at `index` without looking at it. */
  refuse(index: number, refusal: Refusal): void;
  /** Resolves once what was added so far is durable, so that a long stream never waits in memory. */
  flush(): Promise<void>;
  finish(): Promise<BatchAnswer>;
  /** As `finish`, and tells what is known before that; to be called in the turn in which the events were added. */
  settle(recordOf?: (answer: BatchAnswer) => BatchRecord): BatchWrite;
}

/** EventLane is one kind of event: under which field a batch holds them, and how they are checked and written. */
export interface EventLane {
  kind: "predictions" | "labels" | "telemetry";
  field: "predictions" | "labels" | "samples";
  /** scan returns the events of a JSON body without parsing it as a whole, or undefined where it can't. */
  scan(bytes: Buffer, project: string): EventEnvelope | undefined;
  begin(project: string): EventBatch;
}

/** StoreBatch is what a lane needs of the store's batch writer. */
export interface StoreBatch<Stored> {
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: Rejection[];
  add(index: number, event: Stored): void;
  reject(index: number, code: string, message: string): void;
  readonly isDecided: boolean;
  carry(record: BatchRecord): boolean;
  commit(): Promise<void>;
  flush(): Promise<void>;
  finish(): Promise<void>;
}

export interface EventLaneOptions<Event extends object, Stored> {
  kind: EventLane["kind"];
  field: EventLane["field"];
  scan?: EventLane["scan"];
  read: EventReader<Event>;
  store: (project: string, event: Event) => Stored;
  begin: () => StoreBatch<Stored>;
  /** Learns of every event refused here. */
  onRefused: (project: string, model: string, code: string, message: string) => void;
  /** Learns of members of accepted events that their schema does not know. */
  onUnknown: (project: string, model: string, names: readonly string[]) => void;
  now: () => number;
}

/** createEventLane returns a lane that checks each event with `read` and hands it, in the form the store takes, to the store. */
export function createEventLane<Event extends object, Stored>(
  options: EventLaneOptions<Event, Stored>,
): EventLane {
  const { kind, field, scan = () => undefined, read, store, now } = options;
  return {
    kind,
    field,
    scan,
    begin(project) {
      const batch = options.begin();
      const receivedAt = now();
      const refuse = (index: number, value: unknown, { code, message }: Refusal) => {
        batch.reject(index, code, message);
        options.onRefused(project, modelOf(value), code, message);
      };
      const noteUnknown = (model: string, names: readonly string[]) =>
        options.onUnknown(project, model, names);
      return {
        add(index, value) {
          const event = read(value, receivedAt, noteUnknown);
          if (event instanceof Refusal) refuse(index, value, event);
          else batch.add(index, store(project, event));
        },
        refuse: (index, refusal) => refuse(index, undefined, refusal),
        flush: () => batch.flush(),
        finish: () => finished(batch),
        settle(recordOf) {
          const early = batch.isDecided ? answerOf(batch) : undefined;
          const isCarried = early !== undefined && recordOf !== undefined && batch.carry(recordOf(early));
          const sent = batch.commit();
          return { early, isCarried, sent, done: finished(batch) };
        },
      };
    },
  };
}

async function finished(batch: StoreBatch<never>): Promise<BatchAnswer> {
  await batch.finish();
  return answerOf(batch);
}

// Looked-up events are refused after the others.
function answerOf({ accepted, duplicate, rejected }: StoreBatch<never>): BatchAnswer {
  return { accepted, duplicate, rejected: rejected.toSorted((a, b) => a.index - b.index) };
}

// What a refused event says of its model is no more to be trusted than the rest of it.
function modelOf(value: unknown): string {
  if (typeof value !== "object" || value === null || !("model" in value)) return "";
  return nameSchema.safeParse(value.model).data ?? "";
}
