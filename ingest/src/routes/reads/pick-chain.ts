import type { Evaluation } from "@leeway/core/evaluation";

/**
 * pickChain returns the verdicts of one window length, one per window, in order of time: of several lengths the one with the most windows, of
 * several monitors with the same windows the verdict made last. So a chart never mixes hours with days.
 */
export function pickChain<Verdict extends Pick<Evaluation, "window_start" | "window_end" | "evaluated_at">>(
  evaluations: readonly Verdict[],
): Verdict[] {
  const byLength = new Map<number, Map<number, Verdict>>();
  for (const evaluation of evaluations) {
    const length = evaluation.window_end - evaluation.window_start;
    const windows = byLength.get(length) ?? new Map<number, Verdict>();
    byLength.set(length, windows);
    const other = windows.get(evaluation.window_start);
    if (other === undefined || evaluation.evaluated_at > other.evaluated_at) {
      windows.set(evaluation.window_start, evaluation);
    }
  }
  const [longest] = [...byLength.values()].sort((a, b) => b.size - a.size);
  return [...(longest?.values() ?? [])].sort((a, b) => a.window_start - b.window_start);
}
