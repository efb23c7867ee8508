import type { LabelArrivalCurve, SeenClass } from "@leeway/core/performance";
import type { EvaluateJob } from "@leeway/core/queue";
import type { Model, Monitor } from "@leeway/core/records";
import type { ChosenReference } from "@leeway/core/reference";
import { segmentKey } from "@leeway/core/segment";
import type { TimeWindow } from "@leeway/core/window";
import type { EvaluationProgress, Evaluations } from "@leeway/store";
import type { CalibrationCache } from "../baselines/calibration-cache.ts";
import type { ModelStore, VersionTraffic } from "../model-store/model-store.ts";
import type { SharedLoads } from "../shared-loads.ts";

/** PassContext is what every step of one pass over a model shares. */
export interface PassContext {
  project: string;
  /** With its positive class as far as it is known. */
  model: Model;
  modelStore: ModelStore;
  evaluations: Evaluations;
  calibrations: CalibrationCache;
  progress: readonly EvaluationProgress[];
  /** Learned once in a pass, when the first chain asks. */
  arrivalCurve: () => Promise<LabelArrivalCurve | undefined>;
  /** The classes that the model's predictions and labels carry; read once in a pass, when the first chain asks. */
  classes: () => Promise<SeenClass[]>;
  asOf: number;
  now: number;
  /** The windows that a range job asks for, instead of those the schedule owes. */
  range: NonNullable<EvaluateJob["range"]> | undefined;
  /** At most this many windows of one chain are judged in one pass (a range is judged to its end), and loaded at once. */
  windowLimit: number;
  /** How each chain was left by the last pass that looked at it and ended well, so that settled windows are not judged again and again. */
  lookedAt: (chain: string) => ChainLook | undefined;
  /** Loads what several chains of this pass need once. */
  shared: SharedLoads;
}

/** ChainLook is when a chain was looked at, and what it was left with where a pass may judge no more: windows from `from` on that were touched since `since`. */
export interface ChainLook {
  at: number;
  left?: { from: number; since: number };
}

/** PassSubject is one version in one environment with what it is compared with. */
export interface PassSubject {
  traffic: VersionTraffic;
  /** Undefined while there is none. */
  held: ChosenReference | undefined;
  isArchived: boolean;
  /** Why its reference could not be read, if so: none of its monitors can be judged then. */
  failure?: unknown;
}

/** WatchedSubject is one version with the monitors that are enabled on it. */
export interface WatchedSubject {
  subject: PassSubject;
  monitors: Monitor[];
}

/** chainProgress returns how far one monitor has come on one version, undefined before its first verdict. */
export function chainProgress(
  context: Pick<PassContext, "progress">,
  { version, environment }: VersionTraffic,
  { id, segment, window }: Monitor,
): EvaluationProgress | undefined {
  const key = segmentKey(segment);
  return context.progress.find(
    (one) =>
      one.monitorId === id &&
      one.version === version &&
      one.environment === environment &&
      one.segment === key &&
      one.windowMs === window,
  );
}

/** overlaps decides whether a window and a span of time share a moment. */
export function overlaps(window: TimeWindow, from: number, to: number): boolean {
  return window.start < to && window.end > from;
}
