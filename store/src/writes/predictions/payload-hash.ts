/** What a hashed value is, so that 1, "1" and true are three payloads. */
export const VALUE_TAGS = { number: 0x1f3d5b79, text: 0x2e4c6a88, boolean: 0x3d5b7997, null: 0x4c6a88a6 };

const TEXT_SEED = 0x41c6ce57;
const TEXT_PRIME_LOW = 0x9e3779b1;
const TEXT_PRIME_HIGH = 0x5f356495;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/**
 * PayloadHash builds a 64-bit hash of what a prediction says, as two 32-bit halves (`low`, `high`). Members of an object are added
 * commutatively, because JSON objects have no order. It tells a repeated prediction from a conflicting one; it is no defence against a
 * caller who wants two of their own payloads to collide.
 */
export class PayloadHash {
  low = 0;
  high = 0;
  private itemLow = 0;
  private itemHigh = 0;

  begin(): void {
    this.low = 0x243f6a88;
    this.high = 0x85a308d3 | 0;
  }

  /** memberNumber adds the member whose name hashes to (nameLow, nameHigh) with a numeric value. */
  memberNumber(nameLow: number, nameHigh: number, value: number): void {
    float[0] = value;
    this.add(nameLow ^ VALUE_TAGS.number, nameHigh, words[0] as number, words[1] as number);
  }

  memberText(nameLow: number, nameHigh: number, value: string): void {
    this.hashText(value);
    this.add(nameLow ^ VALUE_TAGS.text, nameHigh, this.itemLow, this.itemHigh);
  }

  /** memberBytes adds a member whose value is a text of `size` ASCII bytes of `source`: the same as `memberText` of that text. */
  memberBytes(nameLow: number, nameHigh: number, source: Uint8Array, start: number, size: number): void {
    let low = size;
    let high = TEXT_SEED;
    for (let index = start; index < start + size; index++) {
      const code = source[index] as number;
      low = Math.imul(low ^ code, TEXT_PRIME_LOW);
      high = Math.imul(high ^ code, TEXT_PRIME_HIGH);
    }
    this.add(nameLow ^ VALUE_TAGS.text, nameHigh, low ^ (high >>> 15), high ^ (low >>> 13));
  }

  memberFlag(nameLow: number, nameHigh: number, tag: number, value: number): void {
    this.add(nameLow ^ tag, nameHigh, value, tag);
  }

  /** list folds an ordered list of numbers into one member. */
  memberList(nameLow: number, nameHigh: number, values: readonly number[]): void {
    let low = values.length;
    let high = 0x9e3779b9;
    for (const value of values) {
      float[0] = value;
      low = Math.imul(low ^ (words[0] as number), 0x85ebca6b);
      high = Math.imul(high ^ (words[1] as number) ^ (low >>> 15), 0xc2b2ae35);
    }
    this.add(nameLow, nameHigh, low, high);
  }

  private add(nameLow: number, nameHigh: number, valueLow: number, valueHigh: number): void {
    let a = Math.imul(nameLow ^ valueLow, 0x85ebca6b);
    a = Math.imul(a ^ (a >>> 15) ^ valueHigh, 0xc2b2ae35);
    a ^= a >>> 13;
    let b = Math.imul(nameHigh ^ valueHigh, 0x27d4eb2f);
    b = Math.imul(b ^ (b >>> 14) ^ valueLow, 0x165667b1);
    b ^= b >>> 16;
    this.low = (this.low + a) | 0;
    this.high = (this.high + Math.imul(b ^ (a << 7), 0x9e3779b1)) | 0;
  }

  private hashText(text: string): void {
    let low = text.length;
    let high = TEXT_SEED;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      low = Math.imul(low ^ code, TEXT_PRIME_LOW);
      high = Math.imul(high ^ code, TEXT_PRIME_HIGH);
    }
    this.itemLow = low ^ (high >>> 15);
    this.itemHigh = high ^ (low >>> 13);
  }
}
