import type { FeatureProfile } from "../../profile/index.ts";
import { formatNumber } from "../../words/index.ts";
import type { BreakFinding } from "./break-finding.ts";
import { isConstant, type OwnRecords } from "./own-records.ts";

// Neighbouring rows resemble each other: three of them count as one draw.
const ROWS_A_DRAW = 3;
const MINIMUM_ROWS = 30;

/** judgeConstant decides whether a window holds one value only where no window of the reference did, too often to be chance. O(categories). */
export function judgeConstant(
  name: string,
  profile: FeatureProfile,
  rows: number,
  own: OwnRecords,
): BreakFinding | undefined {
  if (rows < MINIMUM_ROWS || own.has_constant || !isConstant(profile)) return undefined;
  const share = own.largest_share;
  // Three standard errors above the largest share that a window of the reference showed.
  const most = Math.min(1, share + 3 * Math.sqrt((share * (1 - share)) / rows) + 1 / rows);
  const value =
    profile.numeric === undefined
      ? `"${Object.entries(profile.categories ?? {}).find(([, count]) => count > 0)?.[0] ?? ""}"`
      : formatNumber(profile.numeric.minimum);
  return {
    kind: "constant",
    size: 1,
    p: most ** (rows / ROWS_A_DRAW),
    windowsNeeded: 1,
    evidence: {
      name,
      kind: "became_constant",
      pipelineConfidence: 0.93,
      claim: `is always ${value}`,
      sentence: `every one of ${formatNumber(profile.count)} values is ${value}; the reference varies`,
    },
  };
}
