import type { LossInputs, LossRow, UnlabelledScores } from "@leeway/core/estimation";
import type { LabelCohort, PerformanceAggregate, SeenClass } from "@leeway/core/performance";
import type { EmbeddedRow, SampledRow, WindowProfile } from "@leeway/core/profile";
import type { Model, Reference, Task } from "@leeway/core/records";
import type { Segment } from "@leeway/core/segment";
import type { MinuteEvents } from "@leeway/core/slo";
import type { ReferencePerformance } from "@leeway/core/verdicts";
import type { Prediction } from "@leeway/core/wire";
import type {
  ClassArrivalsByAge,
  NumericCuts,
  OutputStrata,
  SampleQuery,
  SegmentLosses,
  SourceWindow,
  UploadSample,
  ValueArrivalsByAge,
  VersionSample,
} from "@leeway/store";

/** Subject is one version of a model in one environment: what has a chain of verdicts per monitor. */
export interface Subject {
  model: string;
  version: string;
  environment: Prediction["environment"];
}

/** VersionTraffic is what is known of one subject's traffic; times are epoch ms. */
export interface VersionTraffic extends Subject {
  firstSeenAt: number;
  lastSeenAt: number;
  lastReceivedAt: number;
  /** Predictions so far. */
  count: number;
}

/** Span is whole windows of one length, epoch ms, of all traffic or a segment of it. */
export interface Span {
  from: number;
  to: number;
  windowMs: number;
  segment?: Segment | undefined;
}

/** LabelledRollup is one window's predictions and labels, as they stand. */
export interface LabelledRollup {
  start: number;
  predictions: number;
  aggregate: PerformanceAggregate;
}

/** ReferenceLabels is the performance on the reference's own labelled rows, whole and by window. */
export interface ReferenceLabels {
  aggregate: PerformanceAggregate;
  windows: ReferencePerformance[];
}

/** ProfileBasis says on which bins, in which windows and of which slice of the traffic inputs are counted. */
export interface ProfileBasis {
  reference: Reference;
  windowMs: number;
  segment: Segment | undefined;
}

/** Basis is what the verdicts of a kind of monitor are made from, and so what can touch them afterwards. */
export type Basis =
  | ({ of: "profiles" } & ProfileBasis)
  | { of: "labels" }
  | { of: "requests"; segment: Segment | undefined };

/** ModelStore is what a pass asks of the store beside records and evaluations; every answer covers many windows at once. */
export interface ModelStore {
  traffic(model: string): Promise<VersionTraffic[]>;
  guessTask(model: string): Promise<{ task: Task; positiveClass: string | undefined }>;
  /** The classes that its predictions and labels carry. */
  classes(model: Pick<Model, "model" | "positive_class">): Promise<SeenClass[]>;
  /** The hours of a subject that hold predictions, with how many, in order; hours of `[from, to)`. */
  activeHours(
    subject: Subject,
    span: { from: number; to: number },
  ): Promise<{ hour: number; rows: number }[]>;
  /** The reference that a span of a version's own rows makes. */
  takeReference(subject: Subject, span: { from: number; to: number }): Promise<Reference>;
  /** Joins labels that came since with their predictions, and counts requests anew where rows came; the serving part needs the second alone. */
  refresh(model: string, part?: "serving"): Promise<void>;
  /** Recomputes the profiles that rows have touched since, of hours before `until`. */
  refreshProfiles(subject: Subject, basis: ProfileBasis, until: number): Promise<void>;
  /** Counts the requests of a segment anew where rows came. */
  refreshRequests(model: string, segment: Segment): Promise<void>;
  /** Starts of the hours of a subject whose basis has changed at or after `since`, in real time. */
  touchedHours(subject: Subject, basis: Basis, since: number): Promise<number[]>;
  profiles(
    subject: Subject,
    basis: ProfileBasis,
    span: { from: number; to: number },
  ): Promise<WindowProfile[]>;
  referenceProfiles(
    reference: Reference,
    windowMs: number,
    segment: Segment | undefined,
  ): Promise<WindowProfile[]>;
  /** The part of a reference that belongs to a segment, on the same bins. */
  segmentReference(reference: Reference, segment: Segment): Promise<Reference>;
  /** A bounded sample of a window's rows, and of a reference's, all of them or a segment's. */
  sample(
    subject: Subject,
    window: Pick<WindowProfile, "start" | "end" | "rows">,
    limit: number,
    segment: Segment | undefined,
  ): Promise<SampledRow[]>;
  referenceSample(reference: Reference, query: SampleQuery): Promise<SampledRow[]>;
  /** The embeddings of such samples. */
  embeddings(
    subject: Subject,
    window: Pick<WindowProfile, "start" | "end" | "rows">,
    limit: number,
    segment: Segment | undefined,
  ): Promise<EmbeddedRow[]>;
  referenceEmbeddings(reference: Reference, query: SampleQuery): Promise<EmbeddedRow[]>;
  /** The sources of one window, by tag, with what they sent of some features. */
  sources(
    subject: Subject,
    basis: ProfileBasis,
    window: Pick<WindowProfile, "start" | "end" | "rows">,
    wanted: { features: readonly string[]; isOutputWanted: boolean },
  ): Promise<SourceWindow[]>;
  labelled(
    subject: Subject,
    model: Model,
    reference: Reference | undefined,
    span: Span,
  ): Promise<LabelledRollup[]>;
  /** Predictions by score, per window, for the estimate made before labels come; empty for models without one score. */
  scores(subject: Subject, model: Model, span: Span): Promise<ReadonlyMap<number, UnlabelledScores>>;
  /** The same of a multiclass model, per window and class. */
  classScores(
    subject: Subject,
    span: Span,
  ): Promise<ReadonlyMap<number, ReadonlyMap<string, UnlabelledScores>>>;
  /** A sample of a regressor's rows with their inputs, in order of time. */
  lossRows(
    sample: VersionSample | UploadSample,
    inputs: LossInputs,
  ): Promise<(LossRow & { start: number })[]>;
  referenceLabels(
    reference: Reference,
    model: Model,
    windowMs: number,
    segment: Segment | undefined,
  ): Promise<ReferenceLabels | undefined>;
  /** Loss sums per segment of a version's labelled rows in a span, or of an uploaded reference's. */
  segmentLosses(
    rows: { subject: Subject; from: number; to: number } | { reference: Reference },
    model: Model,
    cuts: readonly NumericCuts[],
  ): Promise<SegmentLosses[]>;
  /** Labels by window and class, and how many of them had come at each of `ages` after their window's end. */
  classArrivals(subject: Subject, span: Span, ages: readonly number[]): Promise<ClassArrivalsByAge[]>;
  /** The same of a regressor's labels: their sums. */
  valueArrivals(subject: Subject, span: Span, ages: readonly number[]): Promise<ValueArrivalsByAge[]>;
  /** A regressor's predictions by tenths of its outputs, per window: all, and those that have a label. */
  outputStrata(subject: Subject, span: Span): Promise<OutputStrata[]>;
  /** One window's labels, each counting for what is said of its class. */
  weighed(
    subject: Subject,
    model: Model,
    span: Span,
    weights: ReadonlyMap<string, number>,
  ): Promise<PerformanceAggregate | undefined>;
  /** Predictions of a span by day, with when their labels came; ages are as of its end. */
  labelCohorts(model: string, span: { from: number; to: number }): Promise<LabelCohort[]>;
  counts(subject: Subject, span: Span): Promise<ReadonlyMap<number, number>>;
  /** Requests of each version as the objective counts them, exactly at its threshold, by minutes, and by hours before `coarseBefore`. */
  objectiveEvents(
    subject: Subject,
    thresholdMs: number,
    span: { from: number; to: number; coarseBefore: number; segment: Segment | undefined },
  ): Promise<ReadonlyMap<string, MinuteEvents[]>>;
}
