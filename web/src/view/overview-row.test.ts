import { expect, test } from "vitest";
import type { ModelState } from "./model-state.ts";
import { type OverviewRow, overviewSentence, sortOverview } from "./overview-row.ts";

function row(model: string, badge: ModelState["badge"], rank: number, since?: number): OverviewRow {
  return {
    model,
    task: "binary",
    description: undefined,
    state: { badge, words: badge, sentence: "", since, incidentId: undefined, rank, findings: [] },
    elsewhere: [],
    shown: undefined,
    versions: [],
    lastReceived: undefined,
    lastEvent: undefined,
    predictionsDay: null,
    labelCoverage: null,
    drift: { latest: null, values: [] },
    performance: { latest: null, values: [], metric: undefined, reference: null },
    latency: { latest: null, values: [] },
  };
}

test("the worst model stands first, and among equals the one that has been bad longest", () => {
  const rows = [
    row("d", "healthy", 8),
    row("c", "firing", 0, 20),
    row("b", "firing", 0, 10),
    row("a", "healthy", 8),
  ];
  expect(sortOverview(rows).map(({ model }) => model)).toEqual(["b", "c", "a", "d"]);
});

test("the sentence counts every model once", () => {
  const rows = [row("a", "firing", 0), row("b", "blind", 1), row("c", "healthy", 8), row("d", "healthy", 8)];
  expect(overviewSentence(rows)).toBe("4 models: 1 needs attention, 1 can’t be judged now, 2 are healthy.");
  expect(overviewSentence([row("a", "acknowledged", 1)])).toBe("1 model: 1 is being looked after.");
});
