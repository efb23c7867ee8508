import "server-only";
import { compareVersions } from "@leeway/core/performance";
import type { Model } from "@leeway/core/records";
import type { Store } from "@leeway/store";
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
  const { model, windowMs, version, versions, asked, range } = scope;
  const task = outputTask(model);
  if (task === undefined) return undefined;
  const others = versions.filter((one) => one.version !== version.version);
  const other = others.find((one) => one.version === asked) ?? nearest(others, version);
  if (other === undefined) return undefined;
  const isNewer = version.firstSeen >= other.firstSeen;
  const candidate = isNewer ? version.version : other.version;
  const baseline = isNewer ? other.version : version.version;
  const filter = { model: model.model, baseline, candidate, from: range.from, to: range.to };
  const windows = await server().store.performance.paired(principal.project, filter, task, windowMs);
  const result = compareVersions(windows, {
    candidate: `version ${candidate}`,
    baseline: `version ${baseline}`,
  });
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

/** outputTask returns how a model's outputs and labels are read, or undefined for a task that has no loss to compare. */
function outputTask(model: Model): Parameters<Store["performance"]["paired"]>[2] | undefined {
  switch (model.task) {
    case "binary":
      return { task: "binary", positiveClass: model.positive_class ?? "true", threshold: 0.5 };
    case "multiclass":
      return { task: "multiclass" };
    case "regression":
      return { task: "regression", anchor: 0 };
    case "llm":
      return undefined;
    default:
      return model.task satisfies never;
  }
}
