import { ByteBuffer } from "./byte-buffer.ts";
import { NumberColumn } from "./number-column.ts";

/** MapValues is the value half of a map column: elements one after another, rewindable to an element count. */
export interface MapValues<T> {
  readonly type: string;
  push(value: T): void;
  rewind(elements: number): void;
  pieces(elements: number): Uint8Array[];
  clear(): void;
  size(): number;
}

function numberValues(column: NumberColumn<Float64Array> | NumberColumn<Uint8Array>): MapValues<number> {
  return {
    type: column.type,
    push: (value) => column.push(value),
    rewind: (elements) => column.rewind(elements),
    pieces: (elements) => column.pieces(elements),
    clear: () => column.clear(),
    size: () => column.size(),
  };
}

/** float64Values holds the values of a `Map(…, Float64)`. */
export function float64Values(): MapValues<number> {
  return numberValues(new NumberColumn("values", "Float64", (length) => new Float64Array(length)));
}

/** booleanValues holds the values of a `Map(…, Bool)`, given as 0 and 1. */
export function booleanValues(): MapValues<number> {
  return numberValues(new NumberColumn("values", "Bool", (length) => new Uint8Array(length)));
}

/** TextValues are the values of a `Map(…, String)`; `pushBytes` takes one that lies as UTF-8 in `source`. */
export interface TextValues extends MapValues<string> {
  pushBytes(source: Uint8Array, start: number, size: number): void;
}

/** textValues holds the values of a `Map(…, String)`. */
export function textValues(): TextValues {
  const text = new ByteBuffer(4_096);
  let ends = new Uint32Array(1_024);
  let count = 0;
  const close = () => {
    if (count === ends.length) {
      const grown = new Uint32Array(count * 2);
      grown.set(ends);
      ends = grown;
    }
    ends[count++] = text.length;
  };
  return {
    type: "String",
    push(value) {
      text.text(value);
      close();
    },
    pushBytes(source, start, size) {
      text.textOf(source, start, size);
      close();
    },
    rewind(elements) {
      if (count <= elements) return;
      count = elements;
      text.length = elements === 0 ? 0 : (ends[elements - 1] as number);
    },
    pieces: () => [text.view()],
    clear() {
      text.length = 0;
      count = 0;
    },
    size: () => text.length,
  };
}

/** arrayValues holds the values of a `Map(…, Array(Float32))`. */
export function arrayValues(): MapValues<readonly number[]> {
  let ends = new Float64Array(64);
  let count = 0;
  let numbers = new Float32Array(1_024);
  let length = 0;
  return {
    type: "Array(Float32)",
    push(value) {
      if (length + value.length > numbers.length) {
        const grown = new Float32Array(Math.max(numbers.length * 2, length + value.length));
        grown.set(numbers);
        numbers = grown;
      }
      numbers.set(value, length);
      length += value.length;
      if (count === ends.length) {
        const grown = new Float64Array(count * 2);
        grown.set(ends);
        ends = grown;
      }
      ends[count++] = length;
    },
    rewind(elements) {
      if (count <= elements) return;
      count = elements;
      length = elements === 0 ? 0 : (ends[elements - 1] as number);
    },
    pieces(elements) {
      const offsets = new ByteBuffer(elements * 8);
      for (let index = 0; index < elements; index++) offsets.uint64(ends[index] as number);
      return [offsets.view(), new Uint8Array(numbers.buffer, 0, length * 4)];
    },
    clear() {
      count = 0;
      length = 0;
    },
    size: () => length * 4,
  };
}
