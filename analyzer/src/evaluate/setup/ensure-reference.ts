import type { Monitor, Reference, ReferenceChoice } from "@leeway/core/records";
import { automaticSpan, type ChosenReference, planReference, referenceMonitor } from "@leeway/core/reference";
import type { Store } from "@leeway/store";
import type { ModelStore, VersionTraffic } from "../model-store/model-store.ts";

/** KnownReferences is what a model's versions may be compared with. */
export interface KnownReferences {
  references: readonly Reference[];
  /** What people chose. */
  choices: readonly ReferenceChoice[];
  /** The model's monitors: an automatic reference holds enough of their windows. */
  monitors: readonly Monitor[];
}

/** HeldReference is what a version is compared with, or why there is nothing yet. */
export type HeldReference =
  | ({ outcome: "held"; isNew: boolean } & ChosenReference)
  | { outcome: "wait"; reason: string };

/** findReference returns what a version is compared with, made of its first days where nothing was given; a new one is not recorded. */
export async function findReference(
  modelStore: Pick<ModelStore, "takeReference" | "activeHours">,
  activity: VersionTraffic,
  { references, choices, monitors }: KnownReferences,
  asOf: number,
): Promise<HeldReference> {
  const { version } = activity;
  const plan = planReference({ version, references, choices, firstSeen: activity.firstSeenAt });
  if (plan.outcome === "chosen") {
    const { reference, isOwn, since } = plan;
    return { outcome: "held", reference, isOwn, since, isNew: false };
  }
  const { first } = plan;
  const span = automaticSpan({
    version,
    hours: await modelStore.activeHours(activity, { from: first, to: asOf }),
    first,
    asOf,
    monitor: referenceMonitor(monitors, activity),
  });
  switch (span.outcome) {
    case "take": {
      const reference = await modelStore.takeReference(activity, { from: span.from, to: span.to });
      return { outcome: "held", reference, isOwn: true, since: reference.created_at, isNew: true };
    }
    case "wait":
      return span;
    default:
      return span satisfies never;
  }
}

/** ensureReference returns what a version is compared with, recording it where it is new, or undefined while there is too little. */
export async function ensureReference(
  deps: { records: Store["records"]; modelStore: ModelStore; project: string },
  activity: VersionTraffic,
  known: KnownReferences,
  asOf: number,
): Promise<ChosenReference | undefined> {
  const found = await findReference(deps.modelStore, activity, known, asOf);
  if (found.outcome === "wait") return undefined;
  const { reference, isOwn, since, isNew } = found;
  if (isNew) await deps.records.reference.put(deps.project, reference.id, reference, "leeway");
  return { reference, isOwn, since };
}
