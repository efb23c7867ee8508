import type { FamilyType } from "./exposition.ts";

/** Role is what the samples of a name are: of which family, of which type, and which part of it. */
export interface Role {
  readonly metric: string;
  readonly type: FamilyType;
  readonly part: "value" | "bucket" | "sum" | "count" | "created";
  /** isOpen says that the same name may stand for something else with other labels. */
  readonly isOpen: boolean;
}

const PARTS: readonly (readonly [string, Role["part"]])[] = [
  ["_bucket", "bucket"],
  ["_sum", "sum"],
  ["_count", "count"],
  ["_gsum", "sum"],
  ["_gcount", "count"],
];
const CREATED = "_created";
const TOTAL = "_total";

/**
 * roleOf decides what a sample's name stands for, by the declared types and the families seen so far. A histogram that was never declared is
 * known by a `_bucket` with a bound; the times at which counters began (`_created`) are no metric. O(1).
 */
export function roleOf(
  name: string,
  types: ReadonlyMap<string, FamilyType>,
  present: ReadonlyMap<string, FamilyType>,
  hasBound: boolean,
): Role {
  const own = types.get(name);
  if (isCreated(name, types, present)) return { metric: name, type: "gauge", part: "created", isOpen: false };
  if (own !== undefined) return { metric: name, type: own, part: "value", isOpen: false };
  for (const [suffix, part] of PARTS) {
    if (!name.endsWith(suffix)) continue;
    const base = name.slice(0, -suffix.length);
    const type = types.get(base) ?? (present.get(base) === "histogram" ? "histogram" : undefined);
    if (type === "histogram" || (type === "summary" && part !== "bucket")) {
      return { metric: base, type, part, isOpen: false };
    }
    if (part === "bucket" && hasBound && type === undefined) {
      return { metric: base, type: "histogram", part, isOpen: false };
    }
    if (part === "bucket" && type === undefined) {
      return { metric: name, type: "unknown", part: "value", isOpen: true };
    }
  }
  // OpenMetrics declares a counter without the `_total` of its samples.
  const isCounter = name.endsWith(TOTAL) && types.get(name.slice(0, -TOTAL.length)) === "counter";
  return { metric: name, type: isCounter ? "counter" : "unknown", part: "value", isOpen: false };
}

function isCreated(
  name: string,
  types: ReadonlyMap<string, FamilyType>,
  present: ReadonlyMap<string, FamilyType>,
): boolean {
  if (!name.endsWith(CREATED)) return false;
  const base = name.slice(0, -CREATED.length);
  return [base, `${base}${TOTAL}`].some((one) => types.has(one) || present.has(one));
}
