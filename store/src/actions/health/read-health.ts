import {
  type ModelHealth,
  modelHealth,
  type VersionHealthFacts,
  type VersionReference,
} from "@leeway/core/health";
import type { Monitor, Reference } from "@leeway/core/records";
import { planReference, type ReferencePlan } from "@leeway/core/reference";
import type { VersionActivity } from "../../activity/activity.ts";
import type { Store } from "../../create-store.ts";
import { tornRowsOf } from "../../parts/torn-parts.ts";
import { waitReasonOf } from "../references/read-version-reference.ts";
import { type HealthRecords, loadHealthRecords } from "./load-health-records.ts";

/** EnvironmentHealth is the health of a model in one environment. */
export interface EnvironmentHealth extends ModelHealth {
  model: string;
  environment: string;
}

/**
 * readHealth returns the health of every model of a project (or of one) in every environment in which it had traffic, and of a model without any in
 * production. API, pages and metrics all read it here.
 */
export async function readHealth(
  store: Pick<Store, "records" | "activity" | "evaluations" | "tornParts">,
  project: string,
  scope: { now: number; model?: string | undefined },
): Promise<EnvironmentHealth[]> {
  const [records, parts] = await Promise.all([
    loadHealthRecords(store, project, scope),
    store.tornParts.list(),
  ]);
  const torn = parts.map(tornRowsOf).filter((rows) => rows !== undefined);
  const hours = await waitingHours(store, project, records);
  return records.subjects.map(({ model, environment }) => {
    const isMine = (one: { model: string; environment: string }) =>
      one.model === model && one.environment === environment;
    const monitors = records.monitors.filter(isMine);
    const health = modelHealth({
      incidents: records.incidents.filter(isMine),
      versions: records.activity
        .filter(isMine)
        .map((activity) => versionFacts({ records, monitors, hours, activity })),
      monitors,
      standings: records.standings.filter(isMine),
      torn,
      now: scope.now,
    });
    return { model, environment, ...health };
  });
}

type WaitingHours = Awaited<ReturnType<Store["activity"]["hoursOfMany"]>>;

interface KnownVersion {
  records: HealthRecords;
  monitors: readonly Monitor[];
  hours: WaitingHours;
  activity: VersionActivity;
}

// What the versions without a reference wait for follows from their hours: read at once for all of them.
async function waitingHours(
  store: Pick<Store, "activity">,
  project: string,
  records: HealthRecords,
): Promise<WaitingHours> {
  const waiting = records.activity.flatMap((activity) => {
    const plan = planOf(records, activity);
    return plan.outcome === "chosen" ? [] : [{ model: activity.model, first: plan.first }];
  });
  const models = [...new Set(waiting.map(({ model }) => model))];
  return store.activity.hoursOfMany(project, models, Math.min(...waiting.map(({ first }) => first)));
}

function planOf(
  records: HealthRecords,
  { model, version, firstTimestamp }: VersionActivity,
): ReferencePlan<Reference> {
  const choices = records.choices.filter((one) => one.model === model);
  const references = records.references.filter((one) => one.model === model);
  return planReference({ version, references, choices, firstSeen: firstTimestamp });
}

function versionFacts(known: KnownVersion): VersionHealthFacts {
  const { records, activity } = known;
  return {
    version: activity.version,
    firstSeen: activity.firstTimestamp,
    lastSeen: activity.lastTimestamp,
    lastReceived: activity.lastReceivedAt,
    isArchived: records.versions.some(
      ({ model, version, stage }) =>
        model === activity.model && version === activity.version && stage === "archived",
    ),
    reference: versionReference(known),
  };
}

function versionReference({ records, monitors, hours, activity }: KnownVersion): VersionReference {
  const plan = planOf(records, activity);
  if (plan.outcome === "chosen") return { outcome: "found", reference: plan.reference };
  const mine = hours.filter(({ model }) => model === activity.model);
  return { outcome: "wait", reason: waitReasonOf({ subject: activity, first: plan.first, monitors }, mine) };
}
