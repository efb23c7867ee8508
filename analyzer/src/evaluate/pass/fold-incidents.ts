import {
  dueNotifications,
  foldIncident,
  type IncidentEvaluation,
  type IncidentTransition,
  stepIncidents,
} from "@leeway/core/incidents";
import type { Incident, Monitor, Notification } from "@leeway/core/records";
import type { RecordChange, Store } from "@leeway/store";
import type { Assessment } from "../chain/assess-chain.ts";
import type { VersionTraffic } from "../model-store.ts";
import { retireIncidents } from "./retire-incidents.ts";

/** FoldedIncidents is what a pass makes of incidents and outbox: records that are written in one insert. */
export interface FoldedIncidents {
  changes: RecordChange[];
  queued: Notification[];
}

/** IncidentDeps is where incidents are read from, and the moment of the pass. */
export interface IncidentDeps {
  records: Store["records"];
  project: string;
  now: number;
  asOf: number;
}

/**
 * foldIncidents returns the incident records that new verdicts (or a version's end) change and the notifications that tell of it. It writes nothing;
 * repeated with the same verdicts after they were written, it returns nothing new.
 */
export async function foldIncidents(
  deps: IncidentDeps,
  model: { name: string; traffic: readonly VersionTraffic[]; monitors: readonly Monitor[] },
  assessments: readonly Assessment[],
): Promise<FoldedIncidents> {
  const { records, project, now, asOf } = deps;
  const [stored, actions] = await Promise.all([
    records.incident.list(project),
    records.incidentAction.list(project),
  ]);
  const incidents = stored
    .filter((incident) => incident.model === model.name)
    .map((incident) => foldIncident(incident, actions));
  const judged = stepIncidents({ incidents, evaluations: assessments.map(toIncidentEvaluation), now });
  const changed = new Map(judged.changed.map((incident) => [incident.id, incident]));
  const current = incidents.map((incident) => changed.get(incident.id) ?? incident);
  const retired = retireIncidents({
    incidents: current,
    traffic: model.traffic,
    monitors: model.monitors,
    asOf,
    now,
  });
  for (const incident of retired.changed) changed.set(incident.id, incident);
  if (changed.size === 0) return { changes: [], queued: [] };
  const transitions = [...judged.transitions, ...retired.transitions];
  const notifications = await newNotifications(deps, transitions, model.monitors);
  return {
    changes: [
      ...[...changed.values()].map((body) => ({ kind: "incident", id: body.id, body })),
      ...notifications.map((body) => ({ kind: "notification", id: body.id, body })),
    ],
    queued: notifications.filter(({ status }) => status === "queued"),
  };
}

/** toIncidentEvaluation returns an assessment in the form that incidents are stepped with. */
export function toIncidentEvaluation({ evaluation, blamed, confidence }: Assessment): IncidentEvaluation {
  return { ...evaluation, blamed, confidence };
}

async function newNotifications(
  deps: IncidentDeps,
  transitions: readonly IncidentTransition[],
  monitors: readonly Monitor[],
): Promise<Notification[]> {
  const told = transitions.filter(({ incident }) => isTold(incident, monitors));
  if (told.length === 0) return [];
  const [channels, silences, known] = await Promise.all([
    deps.records.channel.list(deps.project),
    deps.records.silence.list(deps.project),
    deps.records.notification.list(deps.project),
  ]);
  const ids = new Set(known.map(({ id }) => id));
  const fresh = told
    .flatMap((transition) =>
      dueNotifications({
        transition,
        channels,
        silences,
        now: deps.now,
        channelIds: channelsOf(transition.incident, monitors),
      }),
    )
    .filter(({ id }) => !ids.has(id));
  const distinct = [...new Map(fresh.map((notification) => [notification.id, notification])).values()];
  // A channel hears of an incident in this order, so no two may seem to be of the same moment.
  return distinct.map((notification, index) => ({ ...notification, created_at: deps.now + index }));
}

// A version in staging or shadow answers nobody: its incidents are kept for its page, and wake people only where a monitor names channels.
function isTold(incident: Incident, monitors: readonly Monitor[]): boolean {
  return incident.environment === "production" || channelsOf(incident, monitors) !== undefined;
}

/** channelsOf returns the channels named by the monitors that failed, undefined where any of them names none and so means all. */
export function channelsOf(incident: Incident, monitors: readonly Monitor[]): string[] | undefined {
  const failing = new Set(incident.evaluations.map((evaluation) => evaluation.monitor_id));
  const named = monitors.filter(({ id }) => failing.has(id)).map(({ channels }) => channels);
  return named.length === 0 || named.some((channels) => channels === undefined)
    ? undefined
    : [...new Set(named.flatMap((channels) => channels ?? []))];
}
