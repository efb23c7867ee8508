import { type Blindness, KIND_WORDS, type UnjudgedChain } from "../health/index.ts";
import type { Incident } from "../records/index.ts";
import { formatWindowStart } from "../words/index.ts";
import { contentId } from "./content-id.ts";
import { type IncidentStep, LEEWAY_ACTOR } from "./incident-step.ts";
import { incidentTitle } from "./incident-title.ts";
import { nextSteps } from "./incident-words.ts";
import { decideSeverity } from "./severity/decide-severity.ts";

/**
 * stepBlindness returns what a model's blindness makes of its incidents: one is opened per environment, says what cannot be judged since when and why, and resolves
 * once everything is judged again. Repeating a step changes nothing. O(incidents · chains).
 */
export function stepBlindness(input: {
  model: string;
  incidents: readonly Incident[];
  blindness: readonly Blindness[];
  /** Event time up to which the model is complete, and real time. */
  asOf: number;
  now: number;
}): IncidentStep {
  const { model, incidents, blindness, asOf, now } = input;
  const step: IncidentStep = { changed: [], transitions: [], placed: [] };
  const blind = incidents.filter(({ cause }) => cause === "blind");
  const open = blind.filter(({ state }) => state !== "resolved");
  for (const one of blindness) {
    const known = open.find(({ environment }) => environment === one.environment);
    const opened = blindIncident(model, one, asOf, now);
    if (known !== undefined) {
      // What is still blind for the same reason is no news, and a row per pass would be many.
      if (withoutNumbers(known.summary) !== withoutNumbers(opened.summary))
        step.changed.push(retold(known, opened));
      continue;
    }
    // A person who resolved it is not notified of the same blindness again.
    if (blind.some(({ id }) => id === opened.id)) continue;
    step.changed.push(opened);
    step.transitions.push({ incident: opened, transition: "fired", reason: "first_alarm" });
  }
  for (const incident of open) {
    if (blindness.some(({ environment }) => environment === incident.environment)) continue;
    const resolved: Incident = {
      ...incident,
      state: "resolved",
      resolved_at: now,
      resolved_by: LEEWAY_ACTOR,
      resolution: `Everything that is due is judged again. Not evaluated were windows from ${formatWindowStart(incident.started_at)} on; their verdicts are stored now.`,
      healthy_until: asOf,
    };
    step.changed.push(resolved);
    step.transitions.push({ incident: resolved, transition: "resolved", reason: "recovered" });
  }
  return step;
}

function blindIncident(
  model: string,
  { environment, since, chains }: Blindness,
  asOf: number,
  now: number,
): Incident {
  const severity = decideSeverity({ cause: "blind", confidence: 1, harm: {} });
  const newest = chains.reduce((a, b) => (b.since > a.since ? b : a));
  return {
    id: contentId("inc", [model, environment, "blind", since]),
    model,
    version: newest.version,
    environment,
    cause: "blind",
    confidence: 1,
    severity: severity.severity,
    severity_reason: severity.reason,
    state: "firing",
    title: incidentTitle({ model, version: newest.version, cause: "blind", features: [] }),
    summary: blindSentence(since, chains),
    next_steps: nextSteps("blind", []),
    features: [],
    started_at: since,
    last_failing_at: asOf,
    fired_at: now,
    healthy_windows: 0,
    evaluations: chains.map(({ monitorId, since: start, windowMs, words }) => ({
      monitor_id: monitorId,
      window_start: start,
      window_end: start + windowMs,
      reason: words,
      cause: "blind",
    })),
    evaluation_count: chains.length,
  };
}

function retold(known: Incident, fresh: Incident): Incident {
  const { summary, evaluations, evaluation_count, last_failing_at } = fresh;
  const started_at = Math.min(known.started_at, fresh.started_at);
  return { ...known, summary, evaluations, evaluation_count, last_failing_at, started_at };
}

// An error's own numbers (bytes, seconds) differ from one pass to the next.
function withoutNumbers(text: string): string {
  return text.replace(/[\d.]+/g, "");
}

function blindSentence(since: number, chains: readonly UnjudgedChain[]): string {
  const [first] = chains;
  const subjects = [...new Set(chains.map(({ kind }) => KIND_WORDS[kind].toLowerCase()))];
  const words = first?.words ?? "";
  const stop = /[.!?]$/.test(words) ? "" : ".";
  return `Not evaluated since ${formatWindowStart(since)}: ${subjects.join(", ")}. ${words}${stop}`;
}
