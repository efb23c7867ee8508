import {
  findLabelTrouble,
  labelsCame,
  type Nonsense,
  type PerformanceAggregate,
} from "@leeway/core/performance";
import { assessLabelsWindow, haveFailed, type InputHealth, labelsStateSchema } from "@leeway/core/verdicts";
import type { TimeWindow } from "@leeway/core/window";
import type { WindowVerdict } from "../chain/assess-chain.ts";
import { type LabelledWindow, type MaturityBasis, maturityOf } from "./performance.ts";

/** labelsAssessor returns the assessment of whether the labels of one window have come as they usually do, and are what they usually are. */
export function labelsAssessor(input: {
  windows: ReadonlyMap<number, LabelledWindow>;
  maturity: MaturityBasis;
  /** What labels are compared with; undefined while the version has no labelled reference. */
  usual: PerformanceAggregate | undefined;
  inputs: ReadonlyMap<number, InputHealth>;
  nonsenseOf: (window: PerformanceAggregate) => Nonsense | undefined;
}): (window: TimeWindow, previousState: object | undefined) => WindowVerdict {
  return (window, previousState) => {
    const found = input.windows.get(window.start);
    const aggregate = found?.aggregate;
    const counts = {
      predictions: found?.predictions ?? 0,
      labelled: aggregate === undefined ? 0 : labelsCame(aggregate),
    };
    // A reference that makes no sense itself shows nothing of these labels.
    const usual =
      aggregate === undefined || input.nonsenseOf(aggregate) !== undefined ? undefined : input.usual;
    const haveInputsFailed = haveFailed(input.inputs.get(window.start));
    return assessLabelsWindow({
      window: { ...window, ...counts },
      maturity: maturityOf(window, counts, input.maturity),
      trouble: aggregate === undefined ? undefined : findLabelTrouble(aggregate, usual, { haveInputsFailed }),
      isCompared: usual !== undefined,
      previousState: previousState === undefined ? undefined : labelsStateSchema.parse(previousState),
    });
  };
}
