import { LeewayError } from "@leeway/core/errors";
import type { Reference, ReferenceChoice } from "@leeway/core/records";
import { type ReferenceEffect, referenceChangeSentence, referenceEffects } from "@leeway/core/reference";
import type { Store } from "../../create-store.ts";
import { checkOwnWindow, findTraffic, takeOwnWindow } from "./own-window.ts";
import { loadReferences } from "./reference-in-use.ts";

/** ReferenceUse is what a version shall be compared with: a reference there is, a window of its own traffic, or a new automatic one. */
export type ReferenceUse =
  | { use: "reference"; reference_id: string }
  | { use: "window"; from: number; to: number }
  | { use: "automatic"; from?: number | undefined };

/** ReferenceChange is a person's wish; `newId` names the reference that a window becomes. */
export interface ReferenceChange {
  model: string;
  version: string;
  environment?: string | undefined;
  wanted: ReferenceUse;
  actor: string;
  newId: string;
  now: number;
}

/** ChangedReference is what a change does, or would do. */
export interface ChangedReference {
  /** Null where a new automatic one is still to be taken. */
  reference_id: string | null;
  effects: ReferenceEffect[];
  /** What will be judged again. */
  sentence: string;
}

type References = Pick<Store, "records" | "activity" | "references">;

/** previewReferenceChange returns what a change of reference would do, and changes nothing. It throws what `changeReference` would throw. */
export async function previewReferenceChange(
  store: References,
  project: string,
  change: ReferenceChange,
): Promise<ChangedReference> {
  const { wanted, version, newId, now } = change;
  await findTraffic(store, project, change);
  if (wanted.use === "window") await checkOwnWindow(store, project, { ...change, ...wanted });
  const pinned = { id: newId, version, source: "window", created_at: now } as const;
  return effectsOf(store, project, change, wanted.use === "window" ? pinned : undefined);
}

/**
 * changeReference makes a version be compared with another reference, and returns what is judged again. Nothing is deleted: the reference before stays
 * and can be chosen again. It throws `not_found` for a version or reference that does not exist, `invalid_request` for a window that can't be one.
 */
export async function changeReference(
  store: References,
  project: string,
  change: ReferenceChange,
): Promise<ChangedReference> {
  const { wanted, model, version, newId, actor } = change;
  await findTraffic(store, project, change);
  const pinned =
    wanted.use === "window"
      ? await takeOwnWindow(store, project, newId, { ...change, ...wanted })
      : undefined;
  const changed = await effectsOf(store, project, change, pinned);
  if (pinned !== undefined) await store.records.reference.put(project, pinned.id, pinned, actor);
  await store.records.referenceChoice.put(project, `${model}/${version}`, choiceOf(change), actor);
  return changed;
}

async function effectsOf(
  store: References,
  project: string,
  change: ReferenceChange,
  pinned: Pick<Reference, "id" | "version" | "source" | "created_at"> | undefined,
): Promise<ChangedReference> {
  const { model, version, wanted } = change;
  const [before, activity, monitors] = await Promise.all([
    loadReferences(store, project, model),
    store.activity.versions(project, model),
    store.records.monitor.list(project),
  ]);
  if (wanted.use === "reference" && !before.references.some(({ id }) => id === wanted.reference_id)) {
    const message = `${model} has no reference ${wanted.reference_id}`;
    throw new LeewayError("not_found", message, { problems: [{ path: "reference_id", message }] });
  }
  const effects = referenceEffects({
    before,
    after: {
      references: pinned === undefined ? before.references : [...before.references, pinned],
      choices: [...before.choices.filter((one) => one.version !== version), choiceOf(change)],
    },
    versions: activity.map((one) => ({
      ...{ version: one.version, environment: one.environment },
      ...{ firstSeen: one.firstTimestamp, lastSeen: one.lastTimestamp },
    })),
    monitors: monitors.filter((monitor) => monitor.model === model),
  });
  return { reference_id: idOf(change), effects, sentence: referenceChangeSentence(effects) };
}

function choiceOf({ model, version, wanted, actor, newId, now }: ReferenceChange): ReferenceChoice {
  const shared = { model, version, at: now, by: actor };
  switch (wanted.use) {
    case "reference":
      return { ...shared, use: "reference", reference_id: wanted.reference_id };
    case "window":
      return { ...shared, use: "reference", reference_id: newId };
    case "automatic":
      return { ...shared, use: "automatic", ...(wanted.from === undefined ? {} : { from: wanted.from }) };
    default:
      return wanted satisfies never;
  }
}

function idOf({ wanted, newId }: ReferenceChange): string | null {
  switch (wanted.use) {
    case "reference":
      return wanted.reference_id;
    case "window":
      return newId;
    case "automatic":
      return null;
    default:
      return wanted satisfies never;
  }
}
