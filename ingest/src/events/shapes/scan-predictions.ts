import { isUtf8 } from "node:buffer";
import { ShapedPrediction, ShapedPredictions } from "@leeway/store";
import { objectEnd, plainTextEnd, skipSpace } from "../../body/json-bytes.ts";
import type { EventEnvelope } from "../event-envelope.ts";
import { type EventReader, Refusal } from "../read-outcome.ts";
import type { ReadPrediction } from "../read-prediction.ts";
import type { EventSkeleton } from "./event-skeleton.ts";
import { learnSkeleton } from "./learn-skeleton.ts";

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

/** Skeletons kept, of all models; the one used last is tried first. */
const KEPT = 32;
/** How often one body may be learnt from: it costs more than parsing, and a body of ever new names teaches nothing. */
const LESSONS_PER_BODY = 4;
const BATCH_ID_LIMIT = 256;

/**
 * PredictionScanner returns the events of a body of predictions, those that look like one seen before as `ShapedPrediction`s, all others
 * parsed. Undefined means that the body must be parsed as a whole: it is unusual, or no JSON.
 */
export type PredictionScanner = (bytes: Buffer, project: string) => EventEnvelope | undefined;

/** createPredictionScanner returns a scanner that learns from what it parses and `readPrediction` accepts. */
export function createPredictionScanner(readPrediction: EventReader<ReadPrediction>): PredictionScanner {
  const skeletons: EventSkeleton[] = [];

  return (bytes, project) => {
    const rows = new Map<EventSkeleton, ShapedPredictions>();
    const events: unknown[] = [];
    let lessons = 0;

    function take(skeleton: EventSkeleton, start: number): number {
      let into = rows.get(skeleton);
      if (into === undefined) {
        into = new ShapedPredictions(skeleton.shape, project, bytes);
        rows.set(skeleton, into);
      }
      const end = skeleton.read(bytes, start, into);
      if (end !== -1) events.push(new ShapedPrediction(into, into.rows - 1));
      return end;
    }

    function takeKnown(start: number): number {
      for (let tried = 0; tried < skeletons.length; tried++) {
        const skeleton = skeletons[tried] as EventSkeleton;
        const end = take(skeleton, start);
        if (end === -1) continue;
        if (tried > 0) {
          skeletons.splice(tried, 1);
          skeletons.unshift(skeleton);
        }
        return end;
      }
      return -1;
    }

    function learn(value: unknown, start: number, end: number): boolean {
      if (lessons++ >= LESSONS_PER_BODY) return false;
      // Times are judged when the event is written.
      const event = readPrediction(value, Number.POSITIVE_INFINITY);
      const skeleton = event instanceof Refusal ? undefined : learnSkeleton(bytes, start, end, event);
      if (skeleton === undefined || take(skeleton, start) !== end) return false;
      skeletons.unshift(skeleton);
      if (skeletons.length > KEPT) skeletons.pop();
      return true;
    }

    function takeParsed(start: number): number {
      const end = bytes[start] === OPEN ? objectEnd(bytes, start) : -1;
      const value = end === -1 ? undefined : parsed(bytes, start, end);
      if (value === undefined) return -1;
      if (!learn(value, start, end)) events.push(value);
      return end;
    }

    function takeList(at: number): number {
      if (bytes[at] !== OPEN_LIST) return -1;
      let position = skipSpace(bytes, at + 1);
      if (bytes[position] === CLOSE_LIST) return position + 1;
      for (;;) {
        let end = takeKnown(position);
        if (end === -1) end = takeParsed(position);
        if (end === -1) return -1;
        position = skipSpace(bytes, end);
        if (bytes[position] === CLOSE_LIST) return position + 1;
        if (bytes[position] !== COMMA) return -1;
        position = skipSpace(bytes, position + 1);
      }
    }

    return scanEnvelope(bytes, takeList, events);
  };
}

/** Reads `{"batch_id":…,"predictions":[…]}`, its members in either order and each at most once, and nothing else. */
function scanEnvelope(
  bytes: Buffer,
  takeList: (at: number) => number,
  events: readonly unknown[],
): EventEnvelope | undefined {
  let batchId: string | undefined;
  let hasEvents = false;
  let position = skipSpace(bytes, 0);
  if (bytes[position] !== OPEN) return undefined;
  for (;;) {
    position = skipSpace(bytes, position + 1);
    const nameEnd = bytes[position] === QUOTE ? plainTextEnd(bytes, position + 1) : -1;
    if (nameEnd === -1) return undefined;
    const name = bytes.toString("latin1", position + 1, nameEnd);
    position = skipSpace(bytes, nameEnd + 1);
    if (bytes[position] !== COLON) return undefined;
    position = skipSpace(bytes, position + 1);
    if (name === "predictions" && !hasEvents) {
      hasEvents = true;
      position = takeList(position);
    } else if (name === "batch_id" && batchId === undefined) {
      const end = bytes[position] === QUOTE ? plainTextEnd(bytes, position + 1) : -1;
      const size = end - position - 1;
      if (end === -1 || size < 1 || size > BATCH_ID_LIMIT) return undefined;
      batchId = bytes.toString("latin1", position + 1, end);
      position = end + 1;
    } else return undefined;
    if (position === -1) return undefined;
    position = skipSpace(bytes, position);
    if (bytes[position] === COMMA) continue;
    const isWhole = bytes[position] === CLOSE && skipSpace(bytes, position + 1) === bytes.length;
    return isWhole && hasEvents ? { batchId, events } : undefined;
  }
}

function parsed(bytes: Buffer, start: number, end: number): unknown {
  if (!isUtf8(bytes.subarray(start, end))) return undefined;
  try {
    return JSON.parse(bytes.toString("utf8", start, end));
  } catch {
    // The whole body is parsed then, which says where it stops being JSON.
    return undefined;
  }
}
