import { LeewayError } from "@leeway/core/errors";
import { decideAction } from "@leeway/core/incidents";
import type { Retraining, Version } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";
import type { RecordChange } from "../../records/put-together.ts";
import { actOnIncident } from "../incidents/act-on-incident.ts";
import { loadIncident } from "../incidents/load-incidents.ts";

/** RetrainedAct is what a person or a rule does about a retrained version. */
export interface RetrainedAct {
  id: string;
  action: "promote" | "archive";
  actor: string;
  now: number;
}

/**
 * actOnRetrained promotes or archives the version that a retraining made. A promoted one becomes the production version, the old one is archived and its incident resolved, and where nobody gave the
 * new one a reference, its own traffic becomes it. It throws `not_found`, and `conflict` where there is nothing to act on or somebody has acted.
 */
export async function actOnRetrained(
  store: Pick<Store, "records" | "activity" | "putRecordsTogether">,
  project: string,
  { id, action, actor, now }: RetrainedAct,
): Promise<Retraining> {
  const run = await store.records.retraining.get(project, id);
  if (run === undefined) throw new LeewayError("not_found", `there is no retraining ${id}`);
  if (run.status !== "succeeded" || run.new_version === undefined) {
    throw new LeewayError("conflict", `the retraining is ${run.status} and has made no version`);
  }
  if (run.acted !== undefined) {
    throw new LeewayError(
      "conflict",
      `the version was ${WORDS[run.acted.action]} by ${run.acted.by} already`,
    );
  }
  const acted: Retraining = { ...run, acted: { action, by: actor, at: now }, updated_at: now };
  const staged = (version: string, stage: Version["stage"]) =>
    stagedVersion(store, project, run.model, version, stage, now);
  const changes =
    action === "archive"
      ? [await staged(run.new_version, "archived")]
      : [
          await staged(run.new_version, "production"),
          await staged(run.version, "archived"),
          ...(await ownReference(store, project, run.model, run.new_version, actor, now)),
        ];
  // The incident first: were this cut off, the promotion would be done again.
  if (action === "promote") await resolveCause(store, project, run, actor, now);
  await store.putRecordsTogether(project, [...changes, { kind: "retraining", id, body: acted }], actor);
  return acted;
}

const WORDS = { promote: "promoted", archive: "archived" } as const;

async function stagedVersion(
  store: Pick<Store, "records">,
  project: string,
  model: string,
  version: string,
  stage: Version["stage"],
  now: number,
): Promise<RecordChange> {
  const id = `${model}/${version}`;
  const known = await store.records.version.get(project, id);
  const body: Version = { ...(known ?? { model, version, created_at: now }), stage };
  return { kind: "version", id, body };
}

/** resolveCause resolves the incident of a version that serves no longer, where it is still open. */
async function resolveCause(
  store: Pick<Store, "records" | "putRecordsTogether">,
  project: string,
  { id, incident_id: incidentId, new_version: version }: Retraining,
  actor: string,
  now: number,
): Promise<void> {
  const found = await loadIncident(store, project, incidentId);
  if (found === undefined || decideAction(found.incident, "resolve", now).outcome === "refused") return;
  const text = `Version ${version} took over.`;
  await actOnIncident(store, project, {
    id: `promote-${id}`,
    incidentId,
    action: "resolve",
    actor,
    text,
    now,
  });
}

/** ownReference returns the choice of a version's own traffic as its reference, none where somebody gave it one or chose one. */
async function ownReference(
  store: Pick<Store, "records" | "activity">,
  project: string,
  model: string,
  version: string,
  actor: string,
  now: number,
): Promise<RecordChange[]> {
  const id = `${model}/${version}`;
  const [references, choice, traffic] = await Promise.all([
    store.records.reference.list(project),
    store.records.referenceChoice.get(project, id),
    store.activity.versions(project, model),
  ]);
  const isGiven = references.some(
    (one) => one.model === model && one.version === version && one.source !== "automatic",
  );
  const times = traffic.filter((one) => one.version === version).map(({ firstTimestamp }) => firstTimestamp);
  if (isGiven || choice !== undefined || times.length === 0) return [];
  const body = { use: "automatic", model, version, from: Math.min(...times), at: now, by: actor } as const;
  return [{ kind: "reference_choice", id, body }];
}
