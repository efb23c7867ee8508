import { recordChanged, type SeenVersion, versionSeen } from "@leeway/core/events";
import type { Store } from "@leeway/store";

/** NoteOwnEvents stores as events what the product sees by itself: versions that are new, and records that were changed since it last looked. */
export type NoteOwnEvents = (seen: readonly SeenVersion[]) => Promise<void>;

// A revision is the microsecond it was written in, by clocks that do not quite agree.
const OVERLAP_US = 600_000_000;

/**
 * createNoteOwnEvents returns a note taker that starts with all that is stored. Events have ids of their content, so after a restart the same ones are stored once. Where
 * nothing changed it asks one small question.
 */
export function createNoteOwnEvents(deps: {
  store: Pick<Store, "changeEvents" | "recordLog">;
  project: string;
}): NoteOwnEvents {
  const { project } = deps;
  const { changeEvents, recordLog } = deps.store;
  const noted = new Set<string>();
  let revision = 0;
  let size = -1;

  async function noteRecords(): Promise<void> {
    const sizeNow = await recordLog.size(project);
    if (sizeNow === size) return;
    let since = Math.max(0, revision - OVERLAP_US);
    for (;;) {
      const changes = await recordLog.since(project, since);
      const last = changes.at(-1)?.revision;
      if (last === undefined) break;
      await changeEvents.add(
        project,
        changes.flatMap((change) => recordChanged(change) ?? []),
      );
      since = last;
      revision = Math.max(revision, last);
    }
    // Only now: what could not be stored is tried again in the next tick.
    size = sizeNow;
  }

  return async (seen) => {
    const fresh = seen.map(versionSeen).filter(({ id }) => !noted.has(id));
    if (fresh.length > 0) await changeEvents.add(project, fresh);
    for (const { id } of fresh) noted.add(id);
    await noteRecords();
  };
}
