import {
  type ModelHealth,
  modelHealth,
  type VersionHealthFacts,
  type VersionReference,
} from "@leeway/core/health";
import type { Monitor } from "@leeway/core/records";
import { planReference } from "@leeway/core/reference";
import type { VersionActivity } from "../../activity/activity.ts";
import type { Store } from "../../create-store.ts";
import { waitReason } from "../references/read-version-reference.ts";
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
  store: Pick<Store, "records" | "activity" | "evaluations">,
  project: string,
  scope: { now: number; model?: string | undefined },
): Promise<EnvironmentHealth[]> {
  const records = await loadHealthRecords(store, project, scope);
  return Promise.all(
    records.subjects.map(async ({ model, environment }) => {
      const isMine = (one: { model: string; environment: string }) =>
        one.model === model && one.environment === environment;
      const monitors = records.monitors.filter(isMine);
      const versions = await Promise.all(
        records.activity
          .filter(isMine)
          .map((activity) => versionFacts(store, project, { records, monitors, activity })),
      );
      const health = modelHealth({
        incidents: records.incidents.filter(isMine),
        versions,
        monitors,
        standings: records.standings.filter(isMine),
        now: scope.now,
      });
      return { model, environment, ...health };
    }),
  );
}

async function versionFacts(
  store: Pick<Store, "activity">,
  project: string,
  known: { records: HealthRecords; monitors: readonly Monitor[]; activity: VersionActivity },
): Promise<VersionHealthFacts> {
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
    reference: await versionReference(store, project, known),
  };
}

async function versionReference(
  store: Pick<Store, "activity">,
  project: string,
  { records, monitors, activity }: Parameters<typeof versionFacts>[2],
): Promise<VersionReference> {
  const { model, version } = activity;
  const choices = records.choices.filter((one) => one.model === model);
  const references = records.references.filter((one) => one.model === model);
  const plan = planReference({ version, references, choices, firstSeen: activity.firstTimestamp });
  if (plan.outcome === "chosen") return { outcome: "found", reference: plan.reference };
  const reason = await waitReason(store, project, { subject: activity, first: plan.first, monitors });
  return { outcome: "wait", reason };
}
