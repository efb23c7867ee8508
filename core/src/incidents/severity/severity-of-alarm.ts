import type { Harm } from "../../evaluation/index.ts";
import type { Cause, Monitor } from "../../records/index.ts";
import type { IncidentEvaluation } from "../incident-step.ts";
import { decideSeverity, moreUrgent, type SeverityDecision } from "./decide-severity.ts";

/**
 * severityOfAlarm decides how urgent the failing verdicts of one window are, under their common cause: a monitor that fixes a severity speaks for its own verdicts, all
 * others together are decided by what they did; the most urgent counts. O(verdicts).
 */
export function severityOfAlarm(
  alarm: { cause: Cause; confidence: number; sources: readonly IncidentEvaluation[] },
  monitors: ReadonlyMap<string, Pick<Monitor, "severity">>,
): SeverityDecision {
  const fixed: SeverityDecision[] = [];
  const harms: Harm[] = [];
  for (const { monitor_id, harm } of alarm.sources) {
    const severity = monitors.get(monitor_id)?.severity;
    if (severity === undefined) harms.push(harm ?? {});
    else fixed.push({ severity, reason: "the monitor says so" });
  }
  const decisions = [
    ...(harms.length === 0 ? [] : [decideSeverity({ ...alarm, harm: mergeHarms(harms) })]),
    ...fixed,
  ];
  return decisions.reduce((most, one) => (isMoreUrgent(one, most) ? one : most));
}

function isMoreUrgent(one: SeverityDecision, other: SeverityDecision): boolean {
  return one.severity !== other.severity && moreUrgent(one.severity, other.severity) === one.severity;
}

function mergeHarms(harms: readonly Harm[]): Harm {
  const losses = harms.map(({ loss }) => loss).filter((loss) => loss !== undefined);
  const loss = losses.find((one) => one !== null) ?? losses[0];
  return {
    ...(loss === undefined ? {} : { loss }),
    output: harms.some(({ output }) => output === true),
    isSilent: harms.some(({ isSilent }) => isSilent === true),
    ...mergedBurn(harms.map(({ burn }) => burn)),
  };
}

function mergedBurn(burns: readonly Harm["burn"][]): Pick<Harm, "burn"> {
  const burn = burns.find((one) => one === "page") ?? burns.find((one) => one !== undefined);
  return burn === undefined ? {} : { burn };
}
