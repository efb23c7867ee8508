import type { LabelBias } from "@leeway/core/performance";
import { isEarly, labelBiasOf, settlingAge } from "../kinds/early-labels.ts";
import { type LabelledWindow, type MaturityBasis, maturityOf } from "../kinds/performance.ts";
import type { AssessorTask } from "./create-assessor.ts";
import type { PassContext, PassSubject } from "./pass-context.ts";

// How far back windows tell which labels come when: as far as the arrival curve looks.
const HISTORY_MS = 60 * 86_400_000;

/**
 * loadLabelBias returns what the labels of those windows are worth that are to be judged although labels are still missing; most chains have none, and
 * then nothing is read.
 */
export async function loadLabelBias(
  context: PassContext,
  { traffic }: PassSubject,
  { monitor, windows }: AssessorTask,
  labelled: ReadonlyMap<number, LabelledWindow>,
  maturity: MaturityBasis,
): Promise<ReadonlyMap<number, LabelBias>> {
  const early = windows.flatMap((window) => {
    const found = labelled.get(window.start);
    if (found === undefined || !isEarly(found, maturity)) return [];
    const counts = { predictions: found.predictions, labelled: found.aggregate.weightSum };
    return maturityOf(window, counts, maturity).mature ? [{ window, found }] : [];
  });
  const first = early[0];
  if (first === undefined) return new Map();
  const { model, modelStore, asOf } = context;
  const span = {
    from: first.window.start,
    to: early.at(-1)!.window.end,
    windowMs: monitor.window,
    segment: monitor.segment,
  };
  const ages = early.map(({ window }) => asOf - window.end);
  const settling = settlingAge(maturity);
  const [scores, arrivals] = await Promise.all([
    modelStore.scores(traffic, model, span),
    settling === undefined
      ? []
      : modelStore.classArrivals(
          traffic,
          { from: asOf - HISTORY_MS, to: asOf - settling, windowMs: monitor.window },
          ages,
        ),
  ]);
  return new Map(
    early.map(({ window, found }, i) => {
      const atThisAge = arrivals.map(({ early: counts, ...one }) => ({ ...one, early: counts[i] ?? 0 }));
      return [window.start, labelBiasOf(model, found, atThisAge, scores.get(window.start))];
    }),
  );
}
