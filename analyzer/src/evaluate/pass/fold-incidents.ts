import {
  dueNotifications,
  foldIncident,
  type IncidentEvaluation,
  type IncidentStep,
  stepIncidents,
} from "@leeway/core/incidents";
import type { Incident, Monitor, Notification } from "@leeway/core/records";
import type { RecordChange, Store } from "@leeway/store";
import type { Assessment } from "../chain/assess-chain.ts";

/** FoldedIncidents is what a pass makes of incidents and outbox: records that are written in one insert. */
export interface FoldedIncidents {
  changes: RecordChange[];
  queued: Notification[];
}

/**
 * foldIncidents returns the incident records that new verdicts change and the notifications that tell of it. It writes nothing; repeated with the same
 * verdicts after they were written, it returns nothing new.
 */
export async function foldIncidents(
  deps: { records: Store["records"]; project: string; now: number },
  model: string,
  monitors: readonly Monitor[],
  assessments: readonly Assessment[],
): Promise<FoldedIncidents> {
  if (assessments.length === 0) return { changes: [], queued: [] };
  const { records, project, now } = deps;
  const [stored, actions] = await Promise.all([
    records.incident.list(project),
    records.incidentAction.list(project),
  ]);
  const incidents = stored
    .filter((incident) => incident.model === model)
    .map((incident) => foldIncident(incident, actions));
  const step = stepIncidents({ incidents, evaluations: assessments.map(toIncidentEvaluation), now });
  if (step.changed.length === 0) return { changes: [], queued: [] };
  const notifications = await newNotifications(deps, step, monitors);
  return {
    changes: [
      ...step.changed.map((body) => ({ kind: "incident", id: body.id, body })),
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
  deps: { records: Store["records"]; project: string; now: number },
  step: IncidentStep,
  monitors: readonly Monitor[],
): Promise<Notification[]> {
  if (step.transitions.length === 0) return [];
  const [channels, silences, known] = await Promise.all([
    deps.records.channel.list(deps.project),
    deps.records.silence.list(deps.project),
    deps.records.notification.list(deps.project),
  ]);
  const ids = new Set(known.map(({ id }) => id));
  const fresh = step.transitions
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

/** channelsOf returns the channels named by the monitors that failed, undefined where any of them names none and so means all. */
export function channelsOf(incident: Incident, monitors: readonly Monitor[]): string[] | undefined {
  const failing = new Set(incident.evaluations.map((evaluation) => evaluation.monitor_id));
  const named = monitors.filter(({ id }) => failing.has(id)).map(({ channels }) => channels);
  return named.length === 0 || named.some((channels) => channels === undefined)
    ? undefined
    : [...new Set(named.flatMap((channels) => channels ?? []))];
}
