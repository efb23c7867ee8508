import type { BREAK_TESTS } from "../../evaluation/index.ts";
import type { FeatureEvidence } from "../../triage/index.ts";

/** BreakKind names what a broken pipeline does to a column and nature does not. */
export type BreakKind = (typeof BREAK_TESTS)[number];

/** BreakFinding is one such thing that a window shows, and no window of the reference did. */
export interface BreakFinding {
  kind: BreakKind;
  /** A share of the rows, or of what the reference has; spans of the reference for `far_out`; a factor for `restated`. */
  size: number;
  /** How probable it is where the column only does what it did in the reference. */
  p: number;
  /** Windows in a row that make an alarm of it: one where nothing natural looks like it, else two. */
  windowsNeeded: 1 | 2;
  evidence: FeatureEvidence;
}
