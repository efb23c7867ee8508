import type { OperatingPoint } from "../../evaluation/index.ts";
import type { TestResult } from "../feature/test-result.ts";
import type { BreakFinding } from "./break-finding.ts";

/** BREAKS_SHARE is what of a drift monitor's false-alarm budget is kept for what never happens naturally. */
export const BREAKS_SHARE = 0.1;

/** SUSPICIOUS is the probability below which a finding is named as a reading of a feature that drifted anyway. */
export const SUSPICIOUS = 0.01;

// Seven kinds share a tenth of the budget where the four tests of a number share the rest: each has about a tenth of the tail of one of those.
const TAIL_SHARE = 0.1;
const TWO_WINDOWS_TAIL = 1e-3;

/** breakTests returns the findings that are improbable enough to be reported, as tests of their feature. O(findings). */
export function breakTests(findings: readonly BreakFinding[], point: OperatingPoint): TestResult[] {
  const tail = TAIL_SHARE * point.immediate_tail;
  return findings.flatMap(({ kind, size, p, windowsNeeded }) => {
    const isImmediate = windowsNeeded === 1;
    // A level that wanders to where another unit would be stays there: its second window proves nothing new.
    const isProvenAlone = isImmediate || kind === "restated";
    const lowerTail = isProvenAlone ? tail : Math.min(TWO_WINDOWS_TAIL, Math.sqrt(tail));
    return p >= lowerTail
      ? []
      : {
          test: kind,
          size,
          isLargeEnough: true,
          pSampling: p,
          pCalibrated: p,
          lowerTail,
          exceedsLowerBar: true,
          exceedsImmediateBar: isImmediate,
          isHeld: true,
          ...(isImmediate ? {} : { windowsNeeded: 2 }),
        };
  });
}
