import { changeSpan, changesBefore } from "@leeway/core/events";
import type { ChangeEvent, Incident } from "@leeway/core/records";
import type { ChangeEventFilter } from "../../change-events/change-events.ts";
import type { Store } from "../../create-store.ts";

const MOST_LOOKED_AT = 1_000;

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

/** withChanges returns an incident with what changed shortly before it began, nearest first. */
export async function withChanges(
  store: Pick<Store, "changeEvents" | "records">,
  project: string,
  incident: Incident,
): Promise<Incident> {
  const { model } = incident;
  const events = await listChanges(store, project, { model, ...changeSpan(incident), limit: MOST_LOOKED_AT });
  return { ...incident, changes: changesBefore(incident, events) };
}
