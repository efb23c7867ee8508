import type { ChangeEvent } from "@leeway/core/records";
import type { ChangeEventFilter } from "../../change-events/change-events.ts";
import type { Store } from "../../create-store.ts";

/** listChanges returns changes, newest first; one of a version carries the commit that the version was registered with, where it names none itself. */
export async function listChanges(
  { changeEvents, records }: Pick<Store, "changeEvents" | "records">,
  project: string,
  filter: ChangeEventFilter,
): Promise<ChangeEvent[]> {
  const [events, versions] = await Promise.all([
    changeEvents.list(project, filter),
    records.version.list(project),
  ]);
  const commits = new Map(versions.map((one) => [`${one.model}/${one.version}`, one.git_sha]));
  return events.map((event) => {
    const sha = event.git_sha ?? commits.get(`${event.model}/${event.version}`);
    return sha === undefined ? event : { ...event, git_sha: sha };
  });
}
