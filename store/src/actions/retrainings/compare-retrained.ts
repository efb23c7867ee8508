import {
  compareVersions,
  findPairNonsense,
  performanceTask,
  withPositiveClass,
} from "@leeway/core/performance";
import type { Retraining, RetrainingVerdict } from "@leeway/core/records";
import { decideRetrained } from "@leeway/core/retraining";
import type { Store } from "../../create-store.ts";
import { readModel } from "../models/read-model.ts";

const DAY_MS = 86_400_000;

/**
 * compareRetrained returns what to do with the version that a retraining made: it is compared with the old one on the labels both have, live or shadow, from its first
 * prediction on. Undefined where it has sent none yet.
 */
export async function compareRetrained(
  store: Pick<Store, "records" | "activity" | "performance">,
  project: string,
  run: Retraining,
  now: number,
): Promise<RetrainingVerdict | undefined> {
  const { model: name, version: oldVersion, new_version: newVersion } = run;
  if (newVersion === undefined) return undefined;
  const traffic = (await store.activity.versions(project, name)).filter((one) => one.version === newVersion);
  if (traffic.length === 0) return undefined;
  const from = Math.min(...traffic.map(({ firstTimestamp }) => firstTimestamp));
  const to = Math.max(...traffic.map(({ lastTimestamp }) => lastTimestamp)) + 1;
  const stored = await readModel(store, project, name);
  const classes = await store.activity.classes(project, stored);
  const model = withPositiveClass(stored, classes);
  const filter = { model: name, baseline: oldVersion, candidate: newVersion, from, to };
  const task = performanceTask(model, 0);
  const windows = await store.performance.paired(project, filter, task, stored.window ?? DAY_MS);
  const names = { baseline: `version ${oldVersion}`, candidate: `version ${newVersion}` };
  const nonsense = findPairNonsense(windows, { model, classes }, names);
  const comparison = compareVersions(windows, { ...names, nonsense });
  return decideRetrained(comparison, { oldVersion, newVersion, from, to, at: now });
}
