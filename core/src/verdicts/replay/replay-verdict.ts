import { z } from "zod";
import {
  driftWindowSchema,
  type Evaluation,
  outcomeSchema,
  performanceWindowSchema,
} from "../../evaluation/index.ts";
import { replayDrift } from "../drift/replay-drift.ts";
import { driftStateSchema } from "../feature/drift-state.ts";
import { performanceStateSchema } from "../performance/performance-state.ts";
import { replayPerformance } from "../performance/replay-performance.ts";

/** verdictReplaySchema is a stored verdict beside the one that follows from the numbers stored with it. */
export const verdictReplaySchema = z.object({
  /** Whether both say the same; null where the verdict cannot be made again from what is stored. */
  same: z.boolean().nullable(),
  stored: z.object({ outcome: outcomeSchema, reason: z.string() }),
  replayed: z.object({ outcome: outcomeSchema, drifted: z.array(z.string()).optional() }).nullable(),
  /** The comparison in one or two sentences. */
  reason: z.string(),
});

export type VerdictReplay = z.infer<typeof verdictReplaySchema>;

/**
 * replayVerdict returns a stored verdict beside the one that follows from the numbers stored with it, and from the state of the verdict `before` it in its chain.
 * Drift and performance carry all they were decided from; other kinds are made again from rows alone. O(tests).
 */
export function replayVerdict(
  verdict: Pick<Evaluation, "kind" | "outcome" | "reason" | "detail">,
  before: Pick<Evaluation, "state"> | undefined,
): VerdictReplay {
  const { kind, outcome, reason } = verdict;
  const stored = { outcome, reason };
  const again = decideAgain(verdict, before);
  if (again === undefined) {
    const why =
      kind === "drift" || kind === "performance"
        ? "It does not carry the numbers it was decided from"
        : `Verdicts of kind ${kind} do not carry the counts they were decided from`;
    return {
      same: null,
      stored,
      replayed: null,
      reason: `${why}. POST /v1/evaluate makes it again from rows`,
    };
  }
  const { isSame, ...replayed } = again;
  return {
    same: isSame,
    stored,
    replayed,
    reason: isSame
      ? `The stored numbers give the stored verdict: ${outcome}`
      : `The stored verdict is ${outcome}, the stored numbers give ${replayed.outcome}`,
  };
}

type Again = NonNullable<VerdictReplay["replayed"]> & { isSame: boolean };

function decideAgain(
  { kind, outcome, detail }: Pick<Evaluation, "kind" | "outcome" | "detail">,
  before: Pick<Evaluation, "state"> | undefined,
): Again | undefined {
  switch (kind) {
    case "drift": {
      const window = driftWindowSchema.safeParse(detail).data;
      if (window === undefined) return undefined;
      const again = replayDrift(window, driftStateSchema.safeParse(before?.state).data);
      const { drifted } = again;
      const isSame = again.outcome === outcome && sameNames(drifted, driftedOf(window.features, drifted));
      return {
        isSame,
        outcome: outcomeSchema.parse(again.outcome),
        drifted: again.drifted.filter(isPublished),
      };
    }
    case "performance": {
      const window = performanceWindowSchema.safeParse(detail).data;
      if (window === undefined) return undefined;
      const again = replayPerformance(window, performanceStateSchema.safeParse(before?.state).data);
      return again === undefined ? undefined : { isSame: again.outcome === outcome, outcome: again.outcome };
    }
    case "volume":
    case "labels":
    case "latency_slo":
      return undefined;
    default:
      return kind satisfies never;
  }
}

// The output and joint drift are published beside the features: of those, only the outcome is compared.
function driftedOf(features: Record<string, { drifted: boolean }>, replayed: readonly string[]): string[] {
  const stored = Object.entries(features).flatMap(([name, { drifted }]) => (drifted ? [name] : []));
  return [...stored, ...replayed.filter((name) => features[name] === undefined)];
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

// Joint drift goes by a name that no feature can have.
function isPublished(name: string): boolean {
  return !name.startsWith("\u0000");
}
