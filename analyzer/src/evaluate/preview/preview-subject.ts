import { LeewayError } from "@leeway/core/errors";
import type { PreviewJob } from "@leeway/core/queue";
import type { Model, Monitor } from "@leeway/core/records";
import { segmentKey } from "@leeway/core/segment";
import type { Store } from "@leeway/store";
import type { ModelStore } from "../model-store/model-store.ts";
import type { PassSubject } from "../pass/pass-context.ts";
import { guessModel } from "../setup/ensure-records.ts";
import { findReference } from "../setup/ensure-reference.ts";

/** PreviewSubject is what a previewed monitor would have judged, and among which others. */
export interface PreviewSubject {
  model: Model;
  subject: PassSubject;
  /** Why there is nothing to hold inputs against yet; undefined where there is something. */
  waitsBecause: string | undefined;
  /** The monitors that would judge the same version, the previewed one included. */
  family: Monitor[];
}

/** previewSubject reads what a pass would read of a model and one of its versions, and records nothing. */
export async function previewSubject(
  deps: { records: Store["records"]; modelStore: ModelStore; asOf: number; now: number },
  { project, monitor, version }: PreviewJob,
): Promise<PreviewSubject> {
  const { records, modelStore, asOf } = deps;
  const name = monitor.model;
  const [traffic, found, record, monitors, references, choices] = await Promise.all([
    modelStore.traffic(name),
    records.model.get(project, name),
    records.version.get(project, `${name}/${version}`),
    records.monitor.list(project),
    records.reference.list(project),
    records.referenceChoice.list(project),
  ]);
  const own = traffic.find((one) => one.version === version && one.environment === monitor.environment);
  if (own === undefined) {
    throw new LeewayError("not_found", `no prediction of ${name} ${version} was ever received`);
  }
  const ofModel = (one: { model: string }) => one.model === name;
  const known = {
    references: references.filter(ofModel),
    choices: choices.filter(ofModel),
    monitors: monitors.filter(ofModel),
  };
  const held = await findReference(modelStore, own, known, asOf);
  return {
    model: found ?? (await guessModel(modelStore, name, deps.now)),
    subject: {
      traffic: own,
      held: held.outcome === "held" ? held : undefined,
      isArchived: record?.stage === "archived",
    },
    waitsBecause: held.outcome === "wait" ? held.reason : undefined,
    family: [...others(monitors, monitor, version), monitor],
  };
}

function others(monitors: readonly Monitor[], monitor: Monitor, version: string): Monitor[] {
  const watched = ({ segment, window, features }: Monitor) =>
    JSON.stringify([segmentKey(segment), window, features]);
  return monitors.filter(
    (one) =>
      one.model === monitor.model &&
      one.environment === monitor.environment &&
      one.enabled &&
      (one.version ?? version) === version &&
      // One that watches the same is the one that is being changed.
      !(one.kind === monitor.kind && watched(one) === watched(monitor)),
  );
}
