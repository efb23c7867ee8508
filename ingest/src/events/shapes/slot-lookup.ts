import { NO_SLOT } from "@leeway/store";

/** createSlotLookup returns a function that finds the slot of a member (`name` of the object `holder`), or NO_SLOT. O(slots) once, then O(1). */
export function createSlotLookup(
  slots: readonly { holder: string; name: string }[],
): (holder: string, name: string) => number {
  const holders = new Map<string, Map<string, number>>();
  for (const [slot, { holder, name }] of slots.entries()) {
    let names = holders.get(holder);
    if (names === undefined) {
      names = new Map();
      holders.set(holder, names);
    }
    names.set(name, slot);
  }
  return (holder, name) => holders.get(holder)?.get(name) ?? NO_SLOT;
}
