import type { BreakdownGroup, SloWindow } from "@leeway/core/evaluation";
import type { VersionComparison } from "@leeway/core/performance";
import type { ChangeEvent, Incident, Model, Version } from "@leeway/core/records";
import type { DriftCellDetail } from "./drift-cell-detail.ts";
import type { DriftLane } from "./drift-lane.ts";
import type { ModelState } from "./model-state.ts";
import type { PerformanceLane } from "./performance-lane.ts";
import type { TimeRange } from "./time-range.ts";

/** ServingPoint is the traffic of one version in one step of time; percentiles are null where no latency was sent. */
export interface ServingPoint {
  start: number;
  end: number;
  total: number;
  errors: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

/** SeenVersion is a version of a model in one environment, with when it had traffic. */
export interface SeenVersion {
  version: string;
  environment: string;
  firstSeen: number;
  lastSeen: number;
  settings: Version | undefined;
  incidents: number;
}

/** DeviceValue is the last value of one metric of one device or engine, as its sampler sent it. */
export interface DeviceValue {
  /** The host, and which of its GPUs. */
  device: string;
  metric: string;
  value: number;
  unit: string;
  at: number;
}

/** VersionPair is a candidate compared with a baseline on the same labels. */
export interface VersionPair {
  outcome: "pair";
  baseline: string;
  candidate: string;
  result: VersionComparison;
}

/** Comparison is a compared pair of versions, or why there is no pair. */
export type Comparison = VersionPair | { outcome: "none"; reason: string };

/** Breakdown is what a version's predictions can be broken down by, and the groups by the name that was asked for. */
export interface Breakdown {
  names: { tags: string[]; features: string[] };
  by: string | undefined;
  groups: BreakdownGroup[];
}

/** ReferenceInfo is what the page says of one reference. */
export interface ReferenceInfo {
  id: string;
  source: "upload" | "window" | "automatic";
  rows: number;
  labelledRows: number;
  from: number;
  to: number;
  features: number;
  version: string;
  createdAt: number;
}

/** ReferencesView is what the shown version is compared with, and what it could be compared with. */
export interface ReferencesView {
  /** Undefined while there is none; `chosenBy` where a person chose it for this version. */
  current: (ReferenceInfo & { chosenBy: string | undefined }) | undefined;
  /** Why there is none; undefined where there is one. */
  waitsBecause: string | undefined;
  /** Every reference of the model, newest first. */
  all: ReferenceInfo[];
  canChange: boolean;
}

/** BurningMonitor is a monitor that records and notifies nobody yet, in words. */
export interface BurningMonitor {
  id: string;
  words: string;
}

/** ModelPageView is everything the model page shows. */
export interface ModelPageView {
  model: Model;
  state: ModelState;
  madeAt: number;
  latest: number | undefined;
  range: TimeRange;
  /** Length of the model's monitoring window, ms. */
  windowMs: number;
  version: SeenVersion | undefined;
  versions: SeenVersion[];
  incidents: Incident[];
  /** What changed in the range, newest first. */
  changes: ChangeEvent[];
  /** Monitors in their burn-in. */
  burnIns: BurningMonitor[];
  /** How many of its marked alarms were useful, in words; undefined where none is marked. */
  useful: string | undefined;
  serving: { points: ServingPoint[]; stepMs: number };
  drift: DriftLane;
  driftDetail: DriftCellDetail | undefined;
  performance: PerformanceLane;
  slo: SloWindow | undefined;
  devices: DeviceValue[];
  references: ReferencesView | undefined;
  /** What the address names and the shown range does not have, a sentence each. */
  notices: string[];
}
