import "server-only";
import {
  compareVersions,
  findPairNonsense,
  performanceTask,
  withPositiveClass,
} from "@leeway/core/performance";
import type { Model } from "@leeway/core/records";
import type { Comparison, SeenVersion } from "../view/model-page.ts";
import type { TimeRange } from "../view/time-range.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** loadComparison holds two versions against each other on the labels both of them predicted within the range; the older one is the baseline. */
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
): Promise<Comparison | undefined> {
  const { windowMs, version, versions, asked, range } = scope;
  const others = versions.filter((one) => one.version !== version.version);
  const other = others.find((one) => one.version === asked) ?? nearest(others, version);
  if (other === undefined) return undefined;
  const isNewer = version.firstSeen >= other.firstSeen;
  const candidate = isNewer ? version.version : other.version;
  const baseline = isNewer ? other.version : version.version;
  const filter = { model: scope.model.model, baseline, candidate, from: range.from, to: range.to };
  const { activity, performance } = server().store;
  const classes = await activity.classes(principal.project, scope.model);
  const model = withPositiveClass(scope.model, classes);
  const windows = await performance.paired(principal.project, filter, performanceTask(model, 0), windowMs);
  const names = { candidate: `version ${candidate}`, baseline: `version ${baseline}` };
  const nonsense = findPairNonsense(windows, { model, classes }, names);
  const result = compareVersions(windows, { ...names, nonsense });
  return { baseline, candidate, result };
}

// What one wants to know is whether a version is better than the one that was live before it.
function nearest(others: readonly SeenVersion[], version: SeenVersion): SeenVersion | undefined {
  const before = others.filter((one) => one.firstSeen <= version.firstSeen);
  const pool = before.length > 0 ? before : others;
  return [...pool].sort(
    (a, b) => Math.abs(a.firstSeen - version.firstSeen) - Math.abs(b.firstSeen - version.firstSeen),
  )[0];
}
