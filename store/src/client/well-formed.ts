/**
 * wellFormed returns a value with U+FFFD in place of each half of a surrogate pair, in every text it holds: the engine refuses a whole insert for one of
 * them, and a text that was cut may end in one. What is well formed is returned as it is. O(size).
 *
 * @example wellFormed({ reason: "cut \ud83d" }) // { reason: "cut \ufffd" }
 */
export function wellFormed<Value>(value: Value): Value {
  if (typeof value === "string") return wellFormedText(value) as Value;
  if (Array.isArray(value)) return mapped(value, value.map(wellFormed)) as Value;
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  const entries = Object.entries(value);
  const mended = entries.map(([name, member]) => [wellFormedText(name), wellFormed(member)] as const);
  const isSame = mended.every(
    ([name, member], at) => name === entries[at]?.[0] && member === entries[at]?.[1],
  );
  return isSame ? value : (Object.fromEntries(mended) as Value);
}

function mapped(before: readonly unknown[], after: unknown[]): readonly unknown[] {
  return after.every((member, at) => member === before[at]) ? before : after;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

// ES2024; our types are of ES2023.
const wellFormedText = (text: string): string => (text as string & { toWellFormed(): string }).toWellFormed();
