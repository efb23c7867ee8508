import "server-only";
import { performanceAnchor, performanceTask, withPositiveClass } from "@leeway/core/performance";
import type { Model } from "@leeway/core/records";
import { describeBreakdown } from "@leeway/core/verdicts";
import type { Breakdown, SeenVersion } from "../view/model-page.ts";
import type { TimeRange } from "../view/time-range.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";
import { heldReference } from "./reference.ts";

/** loadBreakdown returns what a version's predictions in the range can be broken down by and, where a name was asked for, the groups of its values. */
export async function loadBreakdown(
  principal: Principal,
  scope: { model: Model; version: SeenVersion; range: TimeRange; by: string | undefined },
): Promise<Breakdown> {
  const { range, by } = scope;
  const { project } = principal;
  const { activity, performance } = server().store;
  const { version, environment } = scope.version;
  const filter = { model: scope.model.model, version, environment, from: range.from, to: range.to };
  const [seen, held] = await Promise.all([
    performance.breakdownNames(project, filter),
    heldReference(project, scope.model.model, version),
  ]);
  const reference = held?.reference;
  // A number is distinguished by ranges of its reference's quantiles: without them every value would be a group of its own.
  const numbers = (reference?.features ?? []).filter(({ numeric }) => numeric !== undefined);
  const features = [...new Set([...seen.features, ...numbers.map(({ name }) => name)])]
    .filter((name) => !seen.tags.includes(name))
    .sort();
  const names = { tags: seen.tags, features };
  if (by === undefined || ![...names.tags, ...names.features].includes(by)) {
    return { names, by: undefined, groups: [] };
  }
  const classes = await activity.classes(project, scope.model);
  const model = withPositiveClass(scope.model, classes);
  const task = performanceTask(model, performanceAnchor(reference));
  const groups = await performance.breakdown(project, filter, task, { name: by, reference });
  return { names, by, groups: describeBreakdown(groups, by, undefined, { model, classes }) };
}
