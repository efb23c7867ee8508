import type { Activity } from "./activity/activity.ts";
import { bindProject, type OfProject } from "./bind-project.ts";
import type { Evaluations } from "./evaluations/evaluations.ts";
import type { Labels } from "./labels/labels.ts";
import type { Performance } from "./performance/performance.ts";
import type { Profiles } from "./profiles/profiles.ts";
import type { References } from "./references/references.ts";
import type { Serving } from "./serving/serving.ts";
import type { TelemetryReads } from "./telemetry/telemetry.ts";
import type { Evidence } from "./writes/evidence/read-evidence.ts";

/** ReadNouns are the nouns of the store that are read and bound to a project. */
interface ReadNouns {
  activity: Activity;
  evaluations: Evaluations;
  evidence: Evidence;
  labels: Labels;
  performance: Performance;
  profiles: Profiles;
  references: References;
  serving: Serving;
  telemetry: TelemetryReads;
}

/** ProjectStore is what the store knows of one project. */
export type ProjectStore = { [Noun in keyof ReadNouns]: OfProject<ReadNouns[Noun]> };

/** ofProject returns the nouns of a store, each bound to one project. */
export function ofProject(store: ReadNouns, project: string): ProjectStore {
  return {
    activity: bindProject(store.activity, project),
    evaluations: bindProject(store.evaluations, project),
    evidence: bindProject(store.evidence, project),
    labels: bindProject(store.labels, project),
    performance: bindProject(store.performance, project),
    profiles: bindProject(store.profiles, project),
    references: bindProject(store.references, project),
    serving: bindProject(store.serving, project),
    telemetry: bindProject(store.telemetry, project),
  };
}
