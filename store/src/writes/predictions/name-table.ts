import { nameSchema } from "@leeway/core/wire";
import { murmurHash3 } from "../keys/murmur-hash.ts";
import { xxHash } from "../keys/xx-hash.ts";
import type { Scope } from "./scope.ts";

/** Name is a feature's name as one block knows it: judged once, hashed once, and with its place in each of the block's dictionaries. */
export interface Name {
  readonly text: string;
  readonly problem: string | undefined;
  readonly hashLow: number;
  readonly hashHigh: number;
  /** Index in the dictionary of each kind of value, valid while the generation is the dictionary's. */
  readonly indexes: Uint32Array;
  readonly generations: Uint32Array;
  /** The scope that last used this name, and the kinds of value it used it for (a bit per kind). */
  seenScope: Scope | undefined;
  seenKinds: number;
  /** In which filling of the block that was. */
  seenFilling: number;
}

/** featureNameProblem says why `name` can't be the name of a feature, or undefined where it can. */
export function featureNameProblem(name: string): string | undefined {
  if (name === "__proto__") return "the name __proto__ is reserved";
  const parsed = nameSchema.safeParse(name);
  if (parsed.success) return undefined;
  return parsed.error.issues[0]?.message ?? "not a name";
}

/** createNameTable returns a lookup of names that forgets everything once it holds `limit` of them. */
export function createNameTable(limit = 100_000): (text: string) => Name {
  const names = new Map<string, Name>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined) return known;
    if (names.size >= limit) names.clear();
    const name: Name = {
      text,
      problem: featureNameProblem(text),
      hashLow: murmurHash3(text),
      hashHigh: xxHash(text),
      indexes: new Uint32Array(4),
      generations: new Uint32Array(4),
      seenScope: undefined,
      seenKinds: 0,
      seenFilling: 0,
    };
    names.set(text, name);
    return name;
  };
}
