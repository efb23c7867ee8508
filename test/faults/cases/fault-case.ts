import type { RandomSource } from "@leeway/core/random";
import type { Oracle } from "../oracle/oracle.ts";
import type { World } from "../processes/start-world.ts";
import type { Traffic } from "../traffic/planned.ts";

/** TrafficKind is how a case's traffic differs from the usual. */
export interface TrafficKind {
  predictions?: number;
  skewedClocks?: number;
  /** With many repetitions, conflicts and reused batch ids. */
  unruly?: boolean;
  /** With repetitions, and neither conflicts nor reused batch ids. */
  isAgreed?: boolean;
}

/** CaseContext is what a case works with; chance comes from `random` alone. */
export interface CaseContext {
  world: World;
  oracle: Oracle;
  random: RandomSource;
  /** The model whose rows are judged. */
  model: string;
  /** Traffic of this model in the case's usual amount, with its kind of disorder. */
  traffic: (options?: TrafficKind) => Traffic;
  today: number;
  /** How often a fault strikes. */
  strikes: number;
}

/** CaseOutcome is what a case says of itself; rows are judged by whoever runs it. */
export interface CaseOutcome {
  /** Longest time from a fault to the next acknowledged prediction (or pass of the analyzer), milliseconds; undefined where nothing was down. */
  recoveryMs: number | undefined;
  /** What happened, for the reader of the report. */
  note: string;
}

/** FaultCase breaks one thing while traffic flows and returns once all of it is settled. */
export interface FaultCase {
  name: string;
  /** Why the case can't be run here, or undefined where it can. */
  unavailable?: (world: World) => string | undefined;
  /** Strikes without which the case would not show all it can do. */
  fewestStrikes?: number;
  /** Only in long runs: it takes minutes. */
  isLong?: boolean;
  /** Only where a run names it. */
  isOnDemand?: boolean;
  /** The model is fed without a rhythm that would give it verdicts: only its rows are judged. */
  isRowsOnly?: boolean;
  run(context: CaseContext): Promise<CaseOutcome>;
}
