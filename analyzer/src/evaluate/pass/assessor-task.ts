import type { Evaluation } from "@leeway/core/evaluation";
import type { Monitor } from "@leeway/core/records";
import type { TimeWindow } from "@leeway/core/window";

/** AssessorTask is one chain's windows with what was said of them before. */
export interface AssessorTask {
  monitor: Monitor;
  windows: readonly TimeWindow[];
  known: ReadonlyMap<number, Evaluation>;
  /** The version's drift verdicts, a later one of the same window last. */
  inputs: readonly Evaluation[];
}
