import { z } from "zod";

/** healthStateSchema names how a model in one environment does, worst first; every surface uses these words. */
export const healthStateSchema = z.enum([
  /** An incident is open: it fires, or somebody has acknowledged it. */
  "incident",
  /** It cannot be judged: the finding says since when and why. */
  "blind",
  /** A setting makes judging impossible; somebody has to change it. */
  "misconfigured",
  /** Windows are over and have no verdict yet. */
  "behind",
  /** Nothing ever came, or the traffic has stopped. */
  "no_traffic",
  /** Something drifts, and nothing alarms. */
  "watching",
  /** There is no verdict yet because the baseline is still being collected. */
  "learning",
  "healthy",
]);

export type HealthState = z.infer<typeof healthStateSchema>;

/** HEALTH_STATES are the states of health, worst first. */
export const HEALTH_STATES: readonly HealthState[] = healthStateSchema.options;

const WORDS: Record<HealthState, string> = {
  incident: "Incident",
  blind: "Cannot be judged",
  misconfigured: "Setup needs a change",
  behind: "Verdicts are late",
  no_traffic: "No traffic",
  watching: "Drifting, no alarm",
  learning: "Learning what is normal",
  healthy: "Healthy",
};

/** healthWords returns a state of health as the short words that a badge, a table or a message shows. O(1). */
export function healthWords(state: HealthState): string {
  return WORDS[state];
}

/** healthRank returns the place of a state among all, 0 the worst. O(1). */
export function healthRank(state: HealthState): number {
  return HEALTH_STATES.indexOf(state);
}
