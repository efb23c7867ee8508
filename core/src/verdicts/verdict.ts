import type { Outcome } from "../evaluation/index.ts";
import type { BlamedFeature, Cause } from "../records/index.ts";

/** Verdict is what every assessment returns: the outcome with its reason, the wire detail, and the state for the next window. */
export interface Verdict<Detail, State> {
  outcome: Outcome;
  cause?: Cause;
  confidence?: number;
  /** One sentence with its numbers, also when all is well. */
  reason: string;
  detail: Detail;
  /** Hand it to the next window of the same monitor, version and segment. */
  state: State;
  /** Features to blame, worst first; empty where none is. */
  blamed: BlamedFeature[];
}
