import type { Incident, Retraining } from "../records/index.ts";
import { brokenSpans, trainingRanges } from "./training-ranges.ts";

/** RetrainingPolicy is when a channel may start a run. Durations are milliseconds of event time. */
export interface RetrainingPolicy {
  causes: readonly Incident["cause"][];
  /** Confidence in the cause, 0..1. */
  least_confidence: number;
  least_severity: Incident["severity"];
  cool_down: number;
  /** Whether a person has to approve each run. */
  approval: boolean;
  /** Most runs in 30 days; absent: any number. */
  most_per_month?: number | undefined;
  /** After so many runs in a row that did not help no other is started; absent: never. */
  stop_after?: number | undefined;
}

/** RetrainingRefusal is why no run is started. */
export type RetrainingRefusal =
  | "other_cause"
  | "not_confident"
  | "not_severe"
  | "broken_windows"
  | "already_running"
  | "cooling_down"
  | "budget_spent"
  | "did_not_help";

/** RetrainingDecision is whether a run starts, waits for a person, or is refused, and why. */
export type RetrainingDecision =
  | { decision: "start" }
  | { decision: "ask" }
  | { decision: "refuse"; code: RetrainingRefusal; reason: string };

const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;
const SEVERITIES: readonly Incident["severity"][] = ["notice", "ticket", "page"];
const GOING_ON: ReadonlySet<Retraining["status"]> = new Set(["awaiting_approval", "requested", "running"]);
const OPEN: ReadonlySet<Incident["state"]> = new Set(["firing", "acknowledged"]);

/**
 * decideRetraining decides whether an incident starts a run. All times are event time, so that a replay decides the same. The first refusal that holds is given, those
 * that no waiting mends first. O(runs · log(runs) + incidents · log(incidents)).
 */
export function decideRetraining(input: {
  policy: RetrainingPolicy;
  incident: Incident;
  /** All runs of the model. */
  runs: readonly Retraining[];
  /** All incidents of the model. */
  incidents: readonly Incident[];
}): RetrainingDecision {
  const { policy, incident, incidents } = input;
  const at = incident.last_failing_at;
  const runs = input.runs
    .filter(({ status }) => status !== "refused")
    .sort((a, b) => b.requested_at - a.requested_at);
  if (!policy.causes.includes(incident.cause)) {
    return refuse("other_cause", `the policy does not retrain for the cause ${incident.cause}`);
  }
  if (incident.confidence < policy.least_confidence) {
    const asked = percent(policy.least_confidence);
    return refuse(
      "not_confident",
      `confidence in the cause is ${percent(incident.confidence)}, the policy asks for ${asked}`,
    );
  }
  if (SEVERITIES.indexOf(incident.severity) < SEVERITIES.indexOf(policy.least_severity)) {
    return refuse(
      "not_severe",
      `the incident is a ${incident.severity}, the policy asks for a ${policy.least_severity}`,
    );
  }
  const broken = brokenNow(incident, incidents);
  if (broken !== undefined) return refuse("broken_windows", broken);
  const running = runs.find(({ status }) => GOING_ON.has(status));
  if (running !== undefined) {
    return refuse(
      "already_running",
      `another retraining of ${incident.model} is not over yet (${running.id})`,
    );
  }
  const recent = runs.find(
    (run) => run.status !== "failed" && Math.abs(at - run.requested_at) < policy.cool_down,
  );
  if (recent !== undefined) {
    const next = new Date(recent.requested_at + policy.cool_down).toISOString();
    return refuse("cooling_down", `${incident.model} was asked to retrain; the next run may start ${next}`);
  }
  const useless = runs.findIndex((run) => !hasNotHelped(run));
  const inARow = useless === -1 ? runs.length : useless;
  if (policy.stop_after !== undefined && inARow >= policy.stop_after) {
    return refuse("did_not_help", `the last ${inARow} retrainings did not help; start the next one by hand`);
  }
  const ofMonth = runs.filter((run) => Math.abs(at - run.requested_at) < MONTH_MS).length;
  if (policy.most_per_month !== undefined && ofMonth >= policy.most_per_month) {
    return refuse("budget_spent", `${ofMonth} of ${policy.most_per_month} retrainings in 30 days are spent`);
  }
  return policy.approval ? { decision: "ask" } : { decision: "start" };
}

function brokenNow(incident: Incident, incidents: readonly Incident[]): string | undefined {
  const broken = brokenSpans(incident.model, incidents);
  const open = incidents.find(
    (other) => other.model === incident.model && other.cause === "pipeline" && OPEN.has(other.state),
  );
  if (open !== undefined) return `its inputs are judged broken: ${open.title}`;
  return trainingRanges(incident, incidents).train.length === 0 && broken.length > 0
    ? "every window of the incident is judged broken"
    : undefined;
}

function hasNotHelped({ status, verdict }: Retraining): boolean {
  return status === "failed" || status === "timed_out" || verdict?.verdict === "worse";
}

function refuse(code: RetrainingRefusal, reason: string): RetrainingDecision {
  return { decision: "refuse", code, reason };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
