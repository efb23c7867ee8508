import type { Reference } from "@leeway/core/records";
import type { Store } from "@leeway/store";
import type { ModelStore, VersionTraffic } from "../model-store.ts";
import { chooseReference } from "./choose-reference.ts";

/** HeldReference is what a version is held against (`isOwn` is false where it was given for another version), or why there is nothing yet. */
export type HeldReference =
  | { outcome: "held"; reference: Reference; isOwn: boolean; isNew: boolean }
  | { outcome: "wait"; reason: string };

/** findReference returns what a version is held against, made of its first days where nothing was given; a new one is not recorded. */
export async function findReference(
  modelStore: Pick<ModelStore, "takeReference">,
  activity: VersionTraffic,
  references: readonly Reference[],
  asOf: number,
): Promise<HeldReference> {
  const choice = chooseReference({
    version: activity.version,
    references,
    traffic: { count: activity.count, first: activity.firstSeenAt, last: activity.lastSeenAt },
    asOf,
  });
  switch (choice.outcome) {
    case "chosen":
      return { outcome: "held", reference: choice.reference, isOwn: choice.isOwn, isNew: false };
    case "take_first_days": {
      const reference = await modelStore.takeReference(activity, { from: choice.from, to: choice.to });
      return { outcome: "held", reference, isOwn: true, isNew: true };
    }
    case "wait":
      return choice;
    default:
      return choice satisfies never;
  }
}

/** ensureReference returns what a version is held against, recording it where it is new, or undefined while there is too little. */
export async function ensureReference(
  deps: { records: Store["records"]; modelStore: ModelStore; project: string },
  activity: VersionTraffic,
  references: readonly Reference[],
  asOf: number,
): Promise<{ reference: Reference; isOwn: boolean } | undefined> {
  const found = await findReference(deps.modelStore, activity, references, asOf);
  if (found.outcome === "wait") return undefined;
  const { reference, isOwn, isNew } = found;
  if (isNew) await deps.records.reference.put(deps.project, reference.id, reference, "leeway");
  return { reference, isOwn };
}
