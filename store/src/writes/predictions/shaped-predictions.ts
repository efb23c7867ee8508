import type { PredictionShape } from "./prediction-shape.ts";
import type { Scope } from "./scope.ts";

/** What a slot holds; any tag from 0 up is the length in bytes of a text. */
export const SLOT_TAGS = { number: -1, true: -2, false: -3, null: -4 } as const;

/**
 * ShapedPredictions are predictions of one shape as values in typed arrays, `slots` to a row: no object is made of them. A number lies in
 * `numbers`; a text is printable ASCII without escapes, in `bytes` from where `numbers` says, as long as its tag says.
 */
export class ShapedPredictions {
  readonly shape: PredictionShape;
  readonly project: string;
  /** The request's body. */
  readonly bytes: Buffer;
  readonly slots: number;
  numbers = new Float64Array();
  tags = new Int16Array();
  /** Where each row's text begins and ends in the body. */
  starts = new Uint32Array();
  ends = new Uint32Array();
  rows = 0;
  /** Kept by the writer. */
  scope: Scope | undefined;

  constructor(shape: PredictionShape, project: string, bytes: Buffer) {
    this.shape = shape;
    this.project = project;
    this.bytes = bytes;
    this.slots = shape.parts.slots;
  }

  /** reserve makes room for one more row, which begins at `at`; where that takes more memory, for the rest of the body, should it be like the rows so far. */
  reserve(at: number): void {
    const { rows, bytes } = this;
    if (rows < this.starts.length) return;
    const rowBytes = rows === 0 ? bytes.length : (at - (this.starts[0] as number)) / rows;
    const capacity = rows + 1 + Math.ceil((bytes.length - at) / rowBytes);
    this.numbers = grown(new Float64Array(capacity * this.slots), this.numbers);
    this.tags = grown(new Int16Array(capacity * this.slots), this.tags);
    this.starts = grown(new Uint32Array(capacity), this.starts);
    this.ends = grown(new Uint32Array(capacity), this.ends);
  }
}

/** ShapedPrediction is one row of them. */
export class ShapedPrediction {
  readonly all: ShapedPredictions;
  readonly row: number;

  constructor(all: ShapedPredictions, row: number) {
    this.all = all;
    this.row = row;
  }

  get timestamp(): number {
    const { numbers, slots, shape } = this.all;
    return numbers[this.row * slots + shape.parts.timestamp] as number;
  }

  get model(): string {
    return this.all.shape.parts.model;
  }

  get id(): string {
    const { numbers, tags, bytes, slots, shape } = this.all;
    const slot = this.row * slots + shape.parts.id;
    const start = numbers[slot] as number;
    return bytes.toString("latin1", start, start + (tags[slot] as number));
  }

  /** parse returns the event as `JSON.parse` makes it, for what is not decided on the quick way. */
  parse(): unknown {
    const { bytes, starts, ends } = this.all;
    return JSON.parse(bytes.toString("utf8", starts[this.row], ends[this.row]));
  }
}

function grown<T extends Float64Array | Int16Array | Uint32Array>(larger: T, from: T): T {
  larger.set(from);
  return larger;
}
