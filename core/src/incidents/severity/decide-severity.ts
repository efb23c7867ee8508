import type { Harm, Loss } from "../../evaluation/index.ts";
import { type Cause, type Severity, severitySchema } from "../../records/index.ts";
import { SETTLED } from "../../triage/index.ts";
import { formatNumber } from "../../words/index.ts";

/** SeverityDecision is how urgent an incident is, and why, in a sentence. */
export interface SeverityDecision {
  severity: Severity;
  reason: string;
}

/**
 * decideSeverity decides how urgent an alarm is, from its cause, how sure that is, and what the failing windows did. A person is woken by what harms now: a fast burn,
 * silence, a broken pipeline that moved the output, performance lost beyond its interval. Drift is a ticket where it harms or nobody can say, and a notice
 * where performance was looked at and is not worse. A cause that is not settled wakes nobody but by a loss. O(1).
 */
export function decideSeverity(alarm: { cause: Cause; confidence: number; harm: Harm }): SeverityDecision {
  const { cause, confidence, harm } = alarm;
  const { loss } = harm;
  switch (cause) {
    case "serving":
      return harm.burn === "ticket"
        ? say("ticket", "the error budget burns slowly")
        : say("page", "the error budget burns fast");
    case "volume":
      return harm.isSilent === true
        ? say("page", "no request comes any more")
        : say("ticket", "requests still come");
    case "labels":
      return say("ticket", "predictions are answered; only their outcome is not known");
    case "blind":
      return say("ticket", "nothing is known to be wrong, but nothing is watched either");
    case "concept_drift":
      if (loss == null) return say("ticket", "no metric is worse than the reference beyond its interval yet");
      return say("page", lossWords(loss));
    case "pipeline":
      if (loss != null) return say("page", lossWords(loss));
      if (harm.output !== true)
        return say("ticket", "the model's output did not move beyond its usual range");
      return confidence >= SETTLED
        ? say("page", "the broken inputs moved the model's output")
        : say("ticket", "the output moved, but the cause is not settled");
    case "input_drift":
      if (loss === undefined) return say("ticket", "nobody can say yet whether predictions suffer");
      return loss === null
        ? say("notice", "performance is not worse than the reference beyond its interval")
        : say("ticket", lossWords(loss));
    default:
      return cause satisfies never;
  }
}

/** moreUrgent returns the more urgent of two severities. O(1). */
export function moreUrgent(a: Severity, b: Severity): Severity {
  const order = severitySchema.options;
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}

function lossWords({ basis, metric, value, low, high, reference }: Loss): string {
  const name = metric.replaceAll("_", " ");
  const interval = `${formatNumber(low)} to ${formatNumber(high)}`;
  return `${basis} ${name} is ${formatNumber(value)} (${interval}), the reference has ${formatNumber(reference)}`;
}

function say(severity: Severity, reason: string): SeverityDecision {
  return { severity, reason };
}
