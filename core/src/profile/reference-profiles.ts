import type { Reference } from "../records/index.ts";
import { type Column, profileRows, type Rows, type Vocabularies } from "./profile-rows.ts";
import type { WindowProfile } from "./window-profile.ts";

/** vocabulariesOf returns all values of the features of which a reference keeps them, from the rows that it was made of. O(rows). */
export function vocabulariesOf(reference: Reference, rows: Rows): Vocabularies {
  return new Map(
    reference.features
      .filter(({ vocabulary }) => vocabulary !== undefined)
      .map(({ name }) => [name, new Set(textsOf(rows[name] ?? []))]),
  );
}

/**
 * referenceProfiles returns the profiles of a reference's own windows, from the rows of each: values that no other window has are unseen there, which shows how
 * many are new where nothing has changed. O(rows).
 */
export function referenceProfiles(
  reference: Reference,
  windows: readonly { rows: Rows; start: number; end: number; prediction?: Column }[],
): WindowProfile[] {
  const holders = new Map<string, Map<string, number>>();
  for (const { name, vocabulary } of reference.features) {
    if (vocabulary === undefined) continue;
    const count = new Map<string, number>();
    for (const { rows } of windows) {
      for (const value of new Set(textsOf(rows[name] ?? []))) count.set(value, (count.get(value) ?? 0) + 1);
    }
    holders.set(name, count);
  }
  return windows.map(({ rows, prediction, ...span }) => {
    const shared = new Map(
      [...holders].map(([name, count]): [string, Set<string>] => [
        name,
        new Set([...count].filter(([, held]) => held > 1).map(([value]) => value)),
      ]),
    );
    return profileRows(reference, rows, span, prediction, shared);
  });
}

function textsOf(column: Column): string[] {
  return column.filter((value): value is string => typeof value === "string");
}
