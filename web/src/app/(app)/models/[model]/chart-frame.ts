import type { ChartFrame } from "../../../../charts/chart-model.ts";
import { axisTicks } from "../../../../view/axis-ticks.ts";
import { causeName } from "../../../../view/incident-words.ts";
import type { ModelPageView } from "../../../../view/model-page.ts";

const TICKS = 9;

/** chartFrame returns what every lane of the model page shares: the time axis, a mark where each version began, a line at each change, and a shade over each incident of the shown version. */
export function chartFrame(view: ModelPageView): ChartFrame {
  const { range, version, versions, incidents, changes, madeAt } = view;
  return {
    from: range.from,
    to: range.to,
    now: madeAt,
    ticks: axisTicks(range.from, range.to, TICKS),
    marks: versions
      // A version that was there from the beginning is no news.
      .filter(
        ({ firstSeen }) => firstSeen > range.from + (range.to - range.from) / 50 && firstSeen < range.to,
      )
      .map((seen) => ({ time: seen.firstSeen, label: `v${seen.version}` })),
    // The first prediction of a version has its own mark.
    changes: [...new Set(changes.map(({ timestamp }) => timestamp))].filter(
      (time) => !versions.some(({ firstSeen }) => firstSeen === time),
    ),
    spans: incidents
      .filter((incident) => incident.version === version?.version && incident.state !== "pending")
      .map((incident) => ({
        from: incident.started_at,
        to: incident.state === "resolved" ? incident.last_failing_at : range.to,
        label: causeName(incident.cause),
      }))
      .filter(({ from, to }) => to > range.from && from < range.to),
  };
}
