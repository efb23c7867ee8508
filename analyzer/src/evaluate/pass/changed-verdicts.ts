import type { Evaluation } from "@leeway/core/evaluation";
import { harmOfVerdict } from "@leeway/core/incidents";
import type { StoredVerdict } from "@leeway/store";
import type { JudgedChain } from "./judged-chain.ts";

/** changedVerdicts returns the verdicts of a pass that are to be stored, each alarm with what it did as far as the pass knows: what performance was estimated to be beside it. */
export function changedVerdicts(chains: readonly JudgedChain[]): StoredVerdict[] {
  const performance = chains
    .flatMap(({ assessments }) => assessments)
    .map(({ evaluation }) => evaluation)
    .filter(({ kind, segment }) => kind === "performance" && segment === "");
  return chains.flatMap(({ assessments, settledAt }) =>
    assessments
      .filter(({ change }) => change !== "same")
      .map(({ evaluation, blamed, confidence }) => {
        const isAlarm = evaluation.outcome === "alarm";
        const harm = isAlarm
          ? harmOfVerdict(evaluation, performanceBeside(evaluation, performance))
          : undefined;
        return {
          ...evaluation,
          // Only an alarm is reported with features; a distribution of each on every verdict would be most of the table.
          blamed: isAlarm ? blamed : [],
          confidence,
          ...(harm === undefined ? {} : { harm }),
          settled_at: settledAt,
        };
      }),
  );
}

// How well the model does says something of its inputs alone; a slow answer may be as right as ever.
function performanceBeside(alarm: Evaluation, performance: readonly Evaluation[]): Evaluation[] {
  if (alarm.kind !== "drift") return [];
  return performance.filter(
    ({ version, environment, window_start, window_end }) =>
      version === alarm.version &&
      environment === alarm.environment &&
      window_start < alarm.window_end &&
      window_end > alarm.window_start,
  );
}
