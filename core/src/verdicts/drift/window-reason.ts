import type { NotJudged } from "../../evaluation/index.ts";
import type { WindowProfile } from "../../profile/index.ts";
import type { DriftClass } from "../../triage/index.ts";
import { countWords, formatWindowStart } from "../../words/index.ts";
import type { DriftState } from "../feature/drift-state.ts";
import type { FeatureDecision } from "../feature/feature-decision.ts";
import type { JointDecision } from "../joint/decide-joint.ts";
import type { BlindFeature } from "./blind-features.ts";

/** windowReason returns what a drift verdict says of its window, in short sentences with their numbers, also when all is well. O(features log features). */
export function windowReason(verdict: {
  decisions: readonly FeatureDecision[];
  joint: JointDecision | undefined;
  /** What this window alone could not be judged by. */
  notJudged: readonly NotJudged[];
  /** Features that have just become impossible to judge for long. */
  blind?: readonly BlindFeature[];
  outcome: "ok" | "drifting" | "alarm" | "not_defined";
  triage: DriftClass | undefined;
  state: DriftState;
  window: WindowProfile;
}): string {
  const { decisions, joint, outcome, triage, state, window } = verdict;
  const judged = decisions.filter(
    ({ drift }) => drift.outcome !== "insufficient_data" && drift.outcome !== "not_defined",
  );
  const missing = missingText(verdict);
  const rows = countWords(window.rows, "row");
  const unknown = Object.keys(window.unknownFeatures);
  const extra =
    unknown.length === 0 ? "" : `. Not in the reference: ${unknown.slice(0, MOST_NAMED).join(", ")}`;
  switch (outcome) {
    case "ok": {
      const nearest = [...judged].sort((a, b) => b.closeness - a.closeness)[0];
      const partly =
        judged.length > 0 && judged.length < decisions.length
          ? `ok (${judged.length} of ${decisions.length} judged): `
          : "";
      const said =
        nearest === undefined
          ? `No drift on ${rows}: ${joint?.published.reason ?? "none is watched"}`
          : `No drift in ${countWords(judged.length, "feature")} on ${rows}. Closest to its threshold: ${nearest.name} (${nearest.drift.reason.slice(nearest.name.length + 2)})`;
      return `${partly}${said}${missing}${blindText(verdict)}${extra}`;
    }
    case "not_defined":
      return `No feature can be judged on ${rows}: ${firstReason(verdict) ?? "none is watched"}${blindText(verdict)}${extra}`;
    case "drifting":
      return `${triage?.headline ?? "A feature drifted"}. The window has ${rows}. An alarm follows if the next window drifts too${extra}`;
    case "alarm": {
      const count = state.alarm_features.length;
      const others =
        count > 1
          ? `${count} of ${countWords(judged.length, "feature")} drifted in ${rows}`
          : `The window has ${rows}`;
      return `${triage?.headline ?? "Features have drifted"}. ${others}${extra}`;
    }
    default:
      return outcome satisfies never;
  }
}

type SaidVerdict = Parameters<typeof windowReason>[0];

const MOST_NAMED = 3;

function blindText({ blind = [] }: SaidVerdict): string {
  const [first] = blind;
  if (first === undefined) return "";
  const names = blind.slice(0, MOST_NAMED).map(({ feature }) => feature);
  return `. Not judged since ${formatWindowStart(first.since)}: ${names.join(", ")}. To have it judged, ${first.advice}`;
}

function missingText({ decisions, notJudged }: SaidVerdict): string {
  const blind = decisions.filter(({ drift }) => drift.outcome === "not_defined").map(({ name }) => name);
  const here = notJudged.map(({ kind, feature, reason }) => `${feature ?? kind} (${reason})`);
  return [
    ...(blind.length === 0 ? [] : [`. Could not be judged: ${blind.slice(0, MOST_NAMED).join(", ")}`]),
    ...(here.length === 0 ? [] : [`. Not judged here: ${here.slice(0, MOST_NAMED).join(", ")}`]),
  ].join("");
}

// What was wanted and could not be had in this window says more than what is never judged.
function firstReason({ decisions, notJudged }: SaidVerdict): string | undefined {
  const [first] = notJudged;
  if (first !== undefined) return `${first.feature ?? first.kind}: ${first.reason}`;
  return decisions.find(({ drift }) => drift.outcome === "not_defined")?.drift.reason;
}
