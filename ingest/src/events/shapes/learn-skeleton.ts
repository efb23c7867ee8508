import { isStorable, type NamedSlot, NO_SLOT, PredictionShape, type ShapeParts } from "@leeway/store";
import { plainTextEnd, skipSpace } from "../../body/json-bytes.ts";
import type { ReadPrediction } from "../read-prediction.ts";
import { EventSkeleton } from "./event-skeleton.ts";
import { scanNumber } from "./scan-number.ts";
import { createSlotLookup } from "./slot-lookup.ts";
import { SLOT_RULES, type SlotRule } from "./slot-rules.ts";

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Members whose value all events of a skeleton share. */
const SHARED = new Set(["model", "version", "environment"]);
const FIELDS: ReadonlyMap<string, SlotRule> = new Map([
  ["id", SLOT_RULES.id],
  ["timestamp", SLOT_RULES.timestamp],
  ["prediction.label", SLOT_RULES.label],
  ["prediction.score", SLOT_RULES.share],
  ["prediction.value", SLOT_RULES.number],
  ["latency_ms", SLOT_RULES.amount],
  ["error", SLOT_RULES.error],
  ["weight", SLOT_RULES.weight],
]);
const MAPS: ReadonlyMap<string, SlotRule> = new Map([
  ["features", SLOT_RULES.feature],
  ["prediction.scores", SLOT_RULES.share],
  ["tags", SLOT_RULES.tag],
]);
const OBJECTS = new Set(["prediction", ...MAPS.keys()]);

interface Slot {
  /** The object the value is a member of: "" for the event itself. */
  holder: string;
  name: string;
  rule: SlotRule;
  start: number;
  end: number;
}

/**
 * learnSkeleton returns the skeleton of an event that was parsed and accepted, from its own bytes `[start, end)`, or undefined where it holds
 * anything beyond the common: unknown members, embeddings, names with escapes, a name twice.
 */
export function learnSkeleton(
  bytes: Buffer,
  start: number,
  end: number,
  event: ReadPrediction,
): EventSkeleton | undefined {
  const slots: Slot[] = [];
  if (walkObject(bytes, start, "", slots) !== end) return undefined;
  const shape = shapeOf(slots, event);
  if (shape === undefined) return undefined;
  const runs = slots.map((slot, at) => bytes.subarray(slots[at - 1]?.end ?? start, slot.start));
  return new EventSkeleton({
    shape,
    // The body must not be kept for the sake of these bytes.
    runs: [...runs, bytes.subarray(slots.at(-1)?.end ?? start, end)].map((run) => Uint8Array.from(run)),
    rules: slots.map(({ rule }) => rule),
  });
}

/** Lists the values in the object at `at` and returns the position behind it, or -1. */
function walkObject(bytes: Buffer, at: number, path: string, slots: Slot[]): number {
  if (bytes[at] !== OPEN) return -1;
  let position = skipSpace(bytes, at + 1);
  if (bytes[position] === CLOSE) return position + 1;
  const names = new Set<string>();
  for (;;) {
    if (bytes[position] !== QUOTE) return -1;
    const nameEnd = plainTextEnd(bytes, position + 1);
    if (nameEnd === -1) return -1;
    const name = bytes.toString("latin1", position + 1, nameEnd);
    if (names.has(name)) return -1;
    names.add(name);
    position = skipSpace(bytes, nameEnd + 1);
    if (bytes[position] !== COLON) return -1;
    position = walkValue(bytes, skipSpace(bytes, position + 1), path, name, slots);
    if (position === -1) return -1;
    position = skipSpace(bytes, position);
    if (bytes[position] === CLOSE) return position + 1;
    if (bytes[position] !== COMMA) return -1;
    position = skipSpace(bytes, position + 1);
  }
}

function walkValue(bytes: Buffer, at: number, holder: string, name: string, slots: Slot[]): number {
  const path = holder === "" ? name : `${holder}.${name}`;
  // A map's members may have any name, `features` too.
  const mapRule = MAPS.get(holder);
  if (mapRule === undefined && OBJECTS.has(path)) return walkObject(bytes, at, path, slots);
  const end = scalarEnd(bytes, at);
  if (mapRule === undefined && SHARED.has(path)) return end;
  const rule = mapRule ?? FIELDS.get(path);
  if (rule === undefined) return -1;
  slots.push({ holder, name, rule, start: at, end });
  return end;
}

const scratch = new Float64Array(1);

function scalarEnd(bytes: Buffer, at: number): number {
  if (bytes[at] === QUOTE) {
    const end = plainTextEnd(bytes, at + 1);
    return end === -1 ? -1 : end + 1;
  }
  const word = ["true", "false", "null"].find(
    (text) => bytes.toString("latin1", at, at + text.length) === text,
  );
  return word === undefined ? scanNumber(bytes, at, scratch, 0) : at + word.length;
}

function shapeOf(slots: readonly Slot[], event: ReadPrediction): PredictionShape | undefined {
  const slotOf = createSlotLookup(slots);
  const membersOf = (holder: string, parsed: object | undefined): NamedSlot[] =>
    Object.keys(parsed ?? {}).map((name) => ({ name, slot: slotOf(holder, name) }));
  const { model, version, environment = "production", prediction } = event;
  const features = membersOf("features", event.features);
  const scores = membersOf("prediction.scores", prediction.scores);
  const tags = membersOf("tags", event.tags);
  if (!isStorable(features)) return undefined;
  // Every name must have come out of the bytes as it came out of the parser, and class names in their one spelling.
  if ([...features, ...scores, ...tags].some(({ slot }) => slot === NO_SLOT)) return undefined;
  const parts: ShapeParts = {
    ...{ model, version, environment, features, scores, tags },
    slots: slots.length,
    id: slotOf("", "id"),
    timestamp: slotOf("", "timestamp"),
    label: slotOf("prediction", "label"),
    score: slotOf("prediction", "score"),
    value: slotOf("prediction", "value"),
    latency: slotOf("", "latency_ms"),
    error: slotOf("", "error"),
    weight: slotOf("", "weight"),
  };
  return new PredictionShape(parts);
}
