import { formatNumber, formatShare, formatWindowStart } from "../../words/index.ts";
import type { LabelTrouble } from "./label-troubles.ts";

const NEXT_STEPS: Record<LabelTrouble["trouble"], string> = {
  unusable: "Correct them at their source and send them again",
  spelt_differently: "Send them in the old spelling, or upload a reference in the new one",
  new_classes: "Check where labels come from, or upload a reference with these classes",
  missing_class: "Check where labels come from",
  flipped: "Check where labels come from",
  unsettled: "It is not settled whether labels or the model changed: check the labels before a retraining",
  unrelated: "They may be joined with the wrong predictions: check the join before the model",
};

/** describeLabelTrouble returns what is wrong with labels in words: what, since when, how many of them, and what to do. O(1). */
export function describeLabelTrouble(
  { trouble, what, detail, share }: Pick<LabelTrouble, "trouble" | "what" | "detail" | "share">,
  { since, labels }: { since: number; labels: number },
): string {
  const date = formatWindowStart(since);
  // Such a sentence counts the labels itself.
  if (trouble === "unusable") return `${what}: ${detail} (since ${date}). ${NEXT_STEPS[trouble]}`;
  return `${what} since ${date}: ${detail} (${formatShare(share)} of ${formatNumber(labels)} labels). ${NEXT_STEPS[trouble]}`;
}
