import type { BlamedFeature, Incident, Monitor } from "../records/index.ts";
import { causeOf, SETTLED } from "../triage/index.ts";
import { attachAlarms, openIncident } from "./attach-alarms.ts";
import { DEFAULT_INCIDENT_POLICY, type IncidentPolicy } from "./incident-policy.ts";
import type {
  CausedEvaluation,
  ChangedIncident,
  IncidentEvaluation,
  IncidentStep,
  IncidentTransition,
  PlacedAlarm,
} from "./incident-step.ts";
import { joinDecision } from "./join-incident.ts";
import { type HoldingMonitor, policyOfMonitors } from "./policy-of-monitors.ts";
import { recoverIncident } from "./recover-incident.ts";
import { severityOfAlarm } from "./severity/severity-of-alarm.ts";

/** StepMonitor is what a step asks of the monitors whose verdicts it folds. */
export type StepMonitor = Pick<Monitor, "id" | "severity"> & HoldingMonitor;

type Monitors = ReadonlyMap<string, StepMonitor>;

/**
 * stepIncidents returns what new evaluations make of the incidents: alarms of one model version in one window join one incident per cause,
 * healthy windows count towards resolving it, a return soon after resolution reopens it. Give it the incidents as folded with people's actions
 * (`foldIncident`), and evaluations of any number of windows; windows are taken in order. Repeating a step changes nothing.
 * O(evaluations · incidents).
 */
export function stepIncidents(input: {
  incidents: readonly Incident[];
  evaluations: readonly IncidentEvaluation[];
  /** Real time, for `fired_at` and `resolved_at`. */
  now: number;
  policy?: Partial<IncidentPolicy>;
  /** What monitors say of their own alarms; absent: nothing. */
  monitors?: readonly StepMonitor[] | undefined;
}): IncidentStep {
  const policy = { ...DEFAULT_INCIDENT_POLICY, ...input.policy };
  const incidents = new Map(input.incidents.map((incident) => [incident.id, incident]));
  const monitors = new Map((input.monitors ?? []).map((monitor) => [monitor.id, monitor]));
  const changed = new Map<string, Incident>();
  const transitions: IncidentTransition[] = [];
  const placed: PlacedAlarm[] = [];
  const record = ({ incident, transition }: ChangedIncident): IncidentTransition | undefined => {
    if (incidents.get(incident.id) === incident) return undefined;
    incidents.set(incident.id, incident);
    changed.set(incident.id, incident);
    if (transition === undefined) return undefined;
    const full = { incident, ...transition };
    transitions.push(full);
    return full;
  };
  for (const group of byVersionAndWindow(input.evaluations)) {
    const alarms = alarmsWithCause(group, monitors);
    const failing = new Set<string>();
    for (const alarm of alarms) {
      const mine = [...incidents.values()].filter((incident) => isSameVersion(incident, alarm));
      const held = policyOfMonitors(
        policy,
        alarm.sources.map(({ monitor_id }) => monitors.get(monitor_id)),
        alarm.window_end - alarm.window_start,
      );
      const target = findTarget(mine, alarm, policy);
      const step =
        target === undefined
          ? openIncident(alarm, input.now, held)
          : attachAlarms(target, alarm, input.now, held);
      // Evidence of another cause does not keep an incident alive: its own cause has to fail for that.
      if (step.incident.cause === alarm.cause) failing.add(step.incident.id);
      const transition = record(step);
      const incidentId = step.incident.id;
      for (const evaluation of alarm.sources) {
        placed.push({ evaluation, incidentId, ...(transition === undefined ? {} : { transition }) });
      }
    }
    for (const incident of [...incidents.values()]) {
      if (failing.has(incident.id) || incident.state === "resolved") continue;
      const held = policyOfMonitors(policy, monitorsOf(incident, monitors), 0);
      const step = recoverIncident(incident, group, input.now, held);
      record(step);
    }
  }
  return { changed: [...changed.values()], transitions, placed };
}

function monitorsOf({ cause: own, evaluations }: Incident, monitors: Monitors): (StepMonitor | undefined)[] {
  const ids = new Set(
    evaluations
      .filter(({ cause }) => cause === undefined || cause === own)
      .map(({ monitor_id }) => monitor_id),
  );
  return [...ids].map((id) => monitors.get(id));
}

function byVersionAndWindow(evaluations: readonly IncidentEvaluation[]): IncidentEvaluation[][] {
  const groups = new Map<string, IncidentEvaluation[]>();
  for (const evaluation of evaluations) {
    const { model, version, environment, window_end } = evaluation;
    const key = JSON.stringify([model, version, environment, window_end]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [evaluation]);
    else group.push(evaluation);
  }
  return [...groups.values()].sort((a, b) => a[0]!.window_end - b[0]!.window_end);
}

// Drift and lost performance of one window are one trouble, under the cause that explains both; the other causes stand alone.
function alarmsWithCause(group: readonly IncidentEvaluation[], monitors: Monitors): CausedEvaluation[] {
  const alarms = group.filter(({ outcome, cause }) => outcome === "alarm" && cause !== undefined);
  const joint = alarms.filter(({ cause }) => isExplainedTogether(cause));
  const common = causeOf(joint);
  const alone = alarms.filter((alarm) => !joint.includes(alarm));
  return [
    ...(common === undefined ? [] : [toCaused(joint, common.cause, common.confidence, monitors)]),
    ...alone.map((alarm) => toCaused([alarm], alarm.cause!, alarm.confidence ?? 0.5, monitors)),
  ];
}

function isExplainedTogether(cause: IncidentEvaluation["cause"]): boolean {
  return cause === "pipeline" || cause === "input_drift" || cause === "concept_drift";
}

function toCaused(
  evaluations: readonly IncidentEvaluation[],
  cause: CausedEvaluation["cause"],
  confidence: number,
  monitors: Monitors,
): CausedEvaluation {
  // The evaluation whose own cause is the common one tells the story, of a cause that is not settled the one that says so; the others are attached as evidence.
  const ofCause = evaluations.filter((evaluation) => evaluation.cause === cause);
  const isOpen = (evaluation: IncidentEvaluation) => (evaluation.confidence ?? 1) < SETTLED;
  const lead = (confidence < SETTLED ? ofCause.find(isOpen) : undefined) ?? ofCause[0] ?? evaluations[0]!;
  const others = evaluations.filter((evaluation) => evaluation !== lead);
  return {
    model: lead.model,
    version: lead.version,
    environment: lead.environment,
    cause,
    confidence,
    window_start: Math.min(...evaluations.map((evaluation) => evaluation.window_start)),
    window_end: lead.window_end,
    reason: lead.reason,
    features: mergeFeatures([lead, ...others]),
    sources: evaluations,
    severity: severityOfAlarm({ cause, confidence, sources: evaluations }, monitors),
    evaluations: [lead, ...others].map((evaluation) => ({
      monitor_id: evaluation.monitor_id,
      window_start: evaluation.window_start,
      window_end: evaluation.window_end,
      reason: evaluation.reason,
      ...(evaluation.cause === undefined ? {} : { cause: evaluation.cause }),
    })),
  };
}

function mergeFeatures(evaluations: readonly IncidentEvaluation[]): BlamedFeature[] {
  const features = new Map<string, BlamedFeature>();
  for (const feature of evaluations.flatMap((evaluation) => evaluation.blamed ?? [])) {
    if (!features.has(feature.name)) features.set(feature.name, feature);
  }
  return [...features.values()].slice(0, 10);
}

function isSameVersion(incident: Incident, alarm: CausedEvaluation): boolean {
  return (
    incident.model === alarm.model &&
    incident.version === alarm.version &&
    incident.environment === alarm.environment
  );
}

function findTarget(
  incidents: readonly Incident[],
  alarm: CausedEvaluation,
  policy: IncidentPolicy,
): Incident | undefined {
  const newestFirst = [...incidents].sort((a, b) => b.started_at - a.started_at);
  const open = newestFirst.filter((incident) => incident.state !== "resolved");
  const same = open.find((incident) => incident.cause === alarm.cause);
  if (same !== undefined) return same;
  const joined = open.find((incident) => joinDecision(incident, alarm) !== "separate");
  if (joined !== undefined) return joined;
  return newestFirst.find(
    (incident) =>
      incident.state === "resolved" &&
      joinDecision(incident, alarm) === "join" &&
      alarm.window_end <= (incident.healthy_until ?? incident.last_failing_at) + policy.reopenMs,
  );
}
