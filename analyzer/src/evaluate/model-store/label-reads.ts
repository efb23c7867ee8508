import type { LabelCohort } from "@leeway/core/performance";
import { windowsBetween } from "@leeway/core/window";
import type { ProjectStore } from "@leeway/store";
import type { ModelStore, Span, Subject } from "./model-store.ts";

const DAY = 86_400_000;

type LabelReads = Pick<ModelStore, "classArrivals" | "valueArrivals" | "labelCohorts">;

/** labelReads returns what a pass asks of how labels arrive. */
export function labelReads({ activity, labels }: ProjectStore): LabelReads {
  return {
    async classArrivals(subject, span, ages) {
      const filter = wholeWindows(subject, span);
      return filter === undefined ? [] : labels.classArrivals(filter, span.windowMs, ages);
    },
    async valueArrivals(subject, span, ages) {
      const filter = wholeWindows(subject, span);
      return filter === undefined ? [] : labels.valueArrivals(filter, span.windowMs, ages);
    },
    async labelCohorts(model, { from, to }) {
      const versions = await activity.versions(model);
      const days = { from: Math.floor(from / DAY) * DAY, to: Math.ceil(to / DAY) * DAY };
      const arrivals = await Promise.all(
        versions.map(({ version, environment }) =>
          labels.arrivals({ model, version, environment, ...days }, DAY),
        ),
      );
      return arrivals
        .flat()
        .map(({ start, ...window }): LabelCohort => ({ ...window, ageMs: Math.max(0, to - start - DAY) }));
    },
  };
}

// Whole windows only: a cut one would lack the labels of its other part.
function wholeWindows({ model, version, environment }: Subject, { from, to, windowMs }: Span) {
  const whole = windowsBetween(from, to, windowMs).filter(({ start, end }) => start >= from && end <= to);
  const [first, last] = [whole[0], whole.at(-1)];
  return first === undefined || last === undefined
    ? undefined
    : { model, version, environment, from: first.start, to: last.end };
}
