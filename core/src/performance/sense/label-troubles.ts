/** LABEL_TROUBLES is the closed set of what can be wrong with the labels of a window themselves. */
export const LABEL_TROUBLES = [
  "unusable",
  "spelt_differently",
  "new_classes",
  "missing_class",
  "flipped",
  "unrelated",
  /** Labels or model: it is not settled which of them changed. */
  "unsettled",
] as const;

/** LabelTrouble is what is wrong with a window's labels themselves, so that they say nothing of the model. */
export interface LabelTrouble {
  trouble: (typeof LABEL_TROUBLES)[number];
  /** Share of the labels that it concerns. */
  share: number;
  confidence: number;
  /** What is seen (`Labels are spelt differently`), and its particulars (`1 → true`). */
  what: string;
  detail: string;
}
