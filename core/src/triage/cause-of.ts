import type { Outcome } from "../evaluation/index.ts";
import type { Cause, MonitorKind } from "../records/index.ts";

/** FailingEvaluation is what the choice of a common cause needs of an evaluation. */
export interface FailingEvaluation {
  kind: MonitorKind;
  outcome: Outcome;
  cause?: Cause | undefined;
  confidence?: number | undefined;
}

// What to look at first: a broken pipeline explains drift and lost performance, but neither explains it.
const PRECEDENCE: readonly Cause[] = [
  "pipeline",
  "concept_drift",
  "input_drift",
  "serving",
  "volume",
  "labels",
];
/** NOT_SETTLED is the confidence of a cause that the evidence does not settle; a cause is settled from SETTLED on, and only then anything is done by itself. */
export const NOT_SETTLED = 0.4;
export const SETTLED = 0.5;

const JOINED: ReadonlySet<Cause> = new Set(["pipeline", "concept_drift", "input_drift"]);

/**
 * causeOf returns the common cause of the alarms of one model version in one window: pipeline before all else, concept drift only where no
 * pipeline is broken, input drift where performance did not fall beyond it; serving, volume and labels only by themselves. Agreement of drift
 * and performance raises the confidence. Undefined where nothing alarms. O(evaluations).
 */
export function causeOf(
  evaluations: readonly FailingEvaluation[],
): { cause: Cause; confidence: number } | undefined {
  const alarms = evaluations.filter(({ outcome, cause }) => outcome === "alarm" && cause !== undefined);
  const cause = PRECEDENCE.find((candidate) => alarms.some((alarm) => alarm.cause === candidate));
  if (cause === undefined) return undefined;
  const confidences = alarms.filter((alarm) => alarm.cause === cause).map((alarm) => alarm.confidence ?? 0.5);
  const best = Math.max(...confidences);
  const kinds = new Set(alarms.filter((alarm) => JOINED.has(alarm.cause!)).map((alarm) => alarm.kind));
  const agreement = cause === "pipeline" && kinds.has("drift") && kinds.has("performance") ? 0.05 : 0;
  // Inputs that moved beside a loss that nothing settles: nothing is settled.
  const isOpen = cause === "input_drift" && confidences.some((confidence) => confidence < SETTLED);
  return { cause, confidence: isOpen ? Math.min(...confidences) : Math.min(0.99, best + agreement) };
}
