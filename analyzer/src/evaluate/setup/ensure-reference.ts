import type { Reference } from "@leeway/core/records";
import type { Store } from "@leeway/store";
import type { ModelStore, VersionTraffic } from "../model-store.ts";
import { chooseReference } from "./choose-reference.ts";

/** ensureReference returns what a version is held against, taking its first days where nothing was given, or undefined while there is too little. */
export async function ensureReference(
  deps: { records: Store["records"]; modelStore: ModelStore; project: string },
  activity: VersionTraffic,
  references: readonly Reference[],
  asOf: number,
): Promise<{ reference: Reference; isOwn: boolean } | undefined> {
  const choice = chooseReference({
    version: activity.version,
    references,
    traffic: { count: activity.count, first: activity.firstSeenAt, last: activity.lastSeenAt },
    asOf,
  });
  switch (choice.outcome) {
    case "chosen":
      return { reference: choice.reference, isOwn: choice.isOwn };
    case "take_first_days": {
      const reference = await deps.modelStore.takeReference(activity, { from: choice.from, to: choice.to });
      await deps.records.reference.put(deps.project, reference.id, reference, "leeway");
      return { reference, isOwn: true };
    }
    case "wait":
      return undefined;
    default:
      return choice satisfies never;
  }
}
