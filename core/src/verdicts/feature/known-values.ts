import { knowsAllByName } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";

/** KnownValues says how a reference knows its values: all by name, all by their hashes, or only those that it names. */
export type KnownValues =
  | { kind: "named" }
  | { kind: "kept"; oneIn: number }
  | { kind: "unknown"; listed: number; distinct: number };

/** knownValues returns how a reference knows the values of one feature; features with a grid have none to know but identifiers. O(1). */
export function knownValues(reference: ReferenceFeature): KnownValues {
  const { vocabulary, numeric, categories = [], distinct_count = 0 } = reference;
  if (vocabulary !== undefined) return { kind: "kept", oneIn: vocabulary.one_in };
  if (numeric !== undefined || knowsAllByName(reference)) return { kind: "named" };
  return { kind: "unknown", listed: categories.length, distinct: distinct_count };
}
