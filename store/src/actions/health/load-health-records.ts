import {
  type Incident,
  knownModels,
  type Monitor,
  type Reference,
  type ReferenceChoice,
  type Version,
} from "@leeway/core/records";
import type { VersionActivity } from "../../activity/activity.ts";
import type { Store } from "../../create-store.ts";
import type { ModelStanding } from "../../evaluations/standings.ts";
import { loadIncidents } from "../incidents/load-incidents.ts";

/** HealthRecords is everything that the health of a project's models is decided from. */
export interface HealthRecords {
  /** Every model that exists, in every environment in which it had traffic; production where it never had any. */
  subjects: { model: string; environment: string }[];
  versions: Version[];
  monitors: Monitor[];
  references: Reference[];
  choices: ReferenceChoice[];
  activity: VersionActivity[];
  incidents: Incident[];
  standings: ModelStanding[];
}

// A chain that judged nothing for so long before the newest prediction has nothing to say.
const LOOK_BACK_MS = 40 * 86_400_000;

/** loadHealthRecords reads what the health of a project's models (or of one) is decided from. */
export async function loadHealthRecords(
  { records, activity, evaluations }: Pick<Store, "records" | "activity" | "evaluations">,
  project: string,
  { model }: { model?: string | undefined },
): Promise<HealthRecords> {
  const [models, versions, monitors, references, choices, seen, log] = await Promise.all([
    records.model.list(project),
    records.version.list(project),
    records.monitor.list(project),
    records.reference.list(project),
    records.referenceChoice.list(project),
    activity.versions(project, model),
    loadIncidents({ records }, project),
  ]);
  const names = knownModels({ models, versions, references, activity: seen }).filter(
    (name) => model === undefined || name === model,
  );
  // Of a replay the newest event may lie years back: each model is looked back at from its own.
  const newest = names.flatMap((name) => {
    const mine = seen.filter((one) => one.model === name);
    return mine.length === 0 ? [] : [Math.max(...mine.map(({ lastTimestamp }) => lastTimestamp))];
  });
  const standings =
    newest.length === 0
      ? []
      : await evaluations.standings(project, Math.min(...newest) - LOOK_BACK_MS, model);
  const subjects = names.flatMap((name) => {
    const environments = new Set(
      seen.filter((one) => one.model === name).map(({ environment }) => environment),
    );
    if (environments.size === 0) environments.add("production");
    return [...environments].sort(byEnvironment).map((environment) => ({ model: name, environment }));
  });
  return {
    subjects,
    versions,
    monitors,
    references,
    choices,
    activity: seen,
    incidents: log.incidents,
    standings,
  };
}

const ENVIRONMENTS = ["production", "staging", "shadow"];

function byEnvironment(a: string, b: string): number {
  return ENVIRONMENTS.indexOf(a) - ENVIRONMENTS.indexOf(b);
}
