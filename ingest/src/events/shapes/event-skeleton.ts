import { parseTimestamp } from "@leeway/core/wire";
import { type PredictionShape, type ShapedPredictions, SLOT_TAGS } from "@leeway/store";
import { plainTextEnd } from "../../body/json-bytes.ts";
import { scanNumber } from "./scan-number.ts";
import { fitsRule, type SlotRule } from "./slot-rules.ts";
import { spelledTag } from "./text-spelling.ts";

const QUOTE = 0x22;
/** Literal values beside numbers and texts: first byte, the rest of it as bytes, and its tag. */
const WORDS = [
  { bytes: Buffer.from("true"), tag: SLOT_TAGS.true },
  { bytes: Buffer.from("false"), tag: SLOT_TAGS.false },
  { bytes: Buffer.from("null"), tag: SLOT_TAGS.null },
];

/** SkeletonParts are the bytes of an event around its values, and by which rule each value is taken. */
export interface SkeletonParts {
  shape: PredictionShape;
  /** One run of bytes before each slot, and one behind the last. */
  runs: readonly Uint8Array[];
  rules: readonly SlotRule[];
}

/**
 * EventSkeleton recognises events that differ from a known one in nothing but their values: the bytes between the values are compared, the
 * values are read where they stand. What it takes is what `JSON.parse`, the wire schema and the table of spellings would take, with the same values; what it does
 * not take says nothing of the event.
 */
export class EventSkeleton {
  readonly shape: PredictionShape;
  private readonly literal: Uint8Array;
  /** Where each slot's run ends in `literal`. */
  private readonly ends: Uint32Array;
  private readonly rules: readonly SlotRule[];
  private readonly timestamp: number;

  constructor({ shape, runs, rules }: SkeletonParts) {
    this.shape = shape;
    this.literal = Buffer.concat(runs);
    let end = 0;
    this.ends = Uint32Array.from(runs, ({ length }) => {
      end += length;
      return end;
    });
    this.rules = rules;
    this.timestamp = shape.parts.timestamp;
  }

  /** read appends the event at `at` to `into` and returns where it ends, or returns -1 and leaves the rows as they were. */
  read(bytes: Buffer, at: number, into: ShapedPredictions): number {
    const { literal, ends, rules } = this;
    into.reserve(at);
    const { numbers, tags } = into;
    const base = into.rows * into.slots;
    let position = at;
    let from = 0;
    for (let slot = 0; slot < rules.length; slot++) {
      const to = ends[slot] as number;
      for (; from < to; from++, position++) if (bytes[position] !== literal[from]) return -1;
      const index = base + slot;
      const first = bytes[position] as number;
      if (first === QUOTE) {
        const end = plainTextEnd(bytes, position + 1);
        // A tag has 15 bits; no rule takes a text of more.
        if (end === -1 || end - position > 0x7fff) return -1;
        const tag = spelledTag(rules[slot] as SlotRule, bytes, position + 1, end - position - 1);
        if (tag === undefined) return -1;
        numbers[index] = position + 1;
        tags[index] = tag;
        position = end + 1;
      } else if (first <= 0x39) {
        position = scanNumber(bytes, position, numbers, index);
        if (position === -1) return -1;
        tags[index] = SLOT_TAGS.number;
      } else {
        const word = wordAt(bytes, position);
        if (word === undefined) return -1;
        tags[index] = word.tag;
        position += word.bytes.length;
      }
      if (!fitsRule(rules[slot] as SlotRule, tags[index] as number, numbers[index] as number)) return -1;
    }
    for (; from < literal.length; from++, position++) if (bytes[position] !== literal[from]) return -1;
    if (!this.settleTimestamp(bytes, into, base + this.timestamp)) return -1;
    into.starts[into.rows] = at;
    into.ends[into.rows] = position;
    into.rows++;
    return position;
  }

  // The rest of the way knows epoch milliseconds only.
  private settleTimestamp(bytes: Buffer, { numbers, tags }: ShapedPredictions, index: number): boolean {
    const tag = tags[index] as number;
    const value = numbers[index] as number;
    const time = parseTimestamp(
      tag === SLOT_TAGS.number ? value : bytes.toString("latin1", value, value + tag),
    );
    if (time === undefined) return false;
    numbers[index] = time;
    tags[index] = SLOT_TAGS.number;
    return true;
  }
}

function wordAt(bytes: Uint8Array, at: number): (typeof WORDS)[number] | undefined {
  for (const word of WORDS) {
    let length = 0;
    while (length < word.bytes.length && bytes[at + length] === word.bytes[length]) length++;
    if (length === word.bytes.length) return word;
  }
  return undefined;
}
