import "server-only";
import {
  compareVersions,
  comparisonPair,
  findPairNonsense,
  performanceTask,
  withPositiveClass,
} from "@leeway/core/performance";
import type { Model } from "@leeway/core/records";
import type { Comparison, SeenVersion } from "../view/model-page.ts";
import type { TimeRange } from "../view/time-range.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** loadComparison compares the shown version with another one on the labels that both of them predicted within the range, or says why there is no other one. */
export async function loadComparison(
  principal: Principal,
  scope: {
    model: Model;
    windowMs: number;
    version: SeenVersion;
    versions: readonly SeenVersion[];
    asked: string | undefined;
    range: TimeRange;
  },
): Promise<Comparison> {
  const { windowMs, version, versions, asked, range } = scope;
  const seen = versions.map((one) => ({ ...one, isArchived: one.settings?.stage === "archived" }));
  const pair = comparisonPair({ shown: version.version, versions: seen, asked, range });
  if (pair.outcome === "none") return pair;
  const { baseline, candidate } = pair;
  const filter = { model: scope.model.model, baseline, candidate, from: range.from, to: range.to };
  const { activity, performance } = server().store;
  const classes = await activity.classes(principal.project, scope.model);
  const model = withPositiveClass(scope.model, classes);
  const windows = await performance.paired(principal.project, filter, performanceTask(model, 0), windowMs);
  const names = { candidate: `version ${candidate}`, baseline: `version ${baseline}` };
  const nonsense = findPairNonsense(windows, { model, classes }, names);
  const result = compareVersions(windows, { ...names, nonsense });
  return { outcome: "pair", baseline, candidate, result };
}
