import { murmurHash3 } from "../keys/murmur-hash.ts";
import { xxHash } from "../keys/xx-hash.ts";

/** A model version of one project: what the hot path needs to know of it, worked out once instead of once per prediction. */
export interface Scope {
  readonly project: string;
  readonly model: string;
  readonly version: string;
  readonly hashLow: number;
  readonly hashHigh: number;
}

/** scopeName returns the text whose hashes stand for a model version; the separator can't occur in a name. */
export function scopeName(project: string, model: string, version: string): string {
  return `${project}\u0000${model}\u0000${version}`;
}

/** createScopes returns a lookup of scopes that keeps at most `limit` of them. */
export function createScopes(limit = 10_000): (project: string, model: string, version: string) => Scope {
  const scopes = new Map<string, Scope>();
  let last: Scope | undefined;
  return (project, model, version) => {
    if (last !== undefined && last.model === model && last.version === version && last.project === project) {
      return last;
    }
    const name = scopeName(project, model, version);
    last = scopes.get(name);
    if (last === undefined) {
      if (scopes.size >= limit) scopes.clear();
      last = { project, model, version, hashLow: murmurHash3(name), hashHigh: xxHash(name) };
      scopes.set(name, last);
    }
    return last;
  };
}
