import { assessLabelsWindow, labelsStateSchema } from "@leeway/core/verdicts";
import type { TimeWindow } from "@leeway/core/window";
import type { WindowVerdict } from "../chain/assess-chain.ts";
import { type LabelledWindow, type MaturityBasis, maturityOf } from "./performance.ts";

/** labelsAssessor returns the assessment of whether the labels of one window have come as they usually do. */
export function labelsAssessor(input: {
  windows: ReadonlyMap<number, LabelledWindow>;
  maturity: MaturityBasis;
}): (window: TimeWindow, previousState: object | undefined) => WindowVerdict {
  return (window, previousState) => {
    const found = input.windows.get(window.start);
    const counts = { predictions: found?.predictions ?? 0, labelled: found?.aggregate.weightSum ?? 0 };
    return assessLabelsWindow({
      window: { ...window, ...counts },
      maturity: maturityOf(window, counts, input.maturity),
      previousState: previousState === undefined ? undefined : labelsStateSchema.parse(previousState),
    });
  };
}
