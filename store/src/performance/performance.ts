import type { ErrorStream } from "@leeway/core/detectors";
import type { LossInputs } from "@leeway/core/estimation";
import type { PairedWindow, PerformanceAggregate, PerformanceTask } from "@leeway/core/performance";
import type { Reference } from "@leeway/core/records";
import type { Segment } from "@leeway/core/segment";
import type { CountedGroup } from "@leeway/core/verdicts";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { segmentCondition } from "../segments/segment-condition.ts";
import type { AggregateWindow } from "./aggregate-row.ts";
import { readBreakdown } from "./breakdown.ts";
import { type BreakdownNames, breakdownNames } from "./breakdown-names.ts";
import { type ClassScoreWindow, classScores } from "./class-scores.ts";
import { errorStream } from "./error-stream.ts";
import {
  type LabelWeights,
  productionRows,
  referenceRows,
  WINDOW_GROUP,
  weighedRows,
  weightParameters,
} from "./labelled-rows.ts";
import { lossRows, type SampledRow, type UploadSample, type VersionSample } from "./loss-rows.ts";
import { type OutputStrata, outputStrata } from "./output-strata.ts";
import { type PairedFilter, pairedWindows } from "./paired-windows.ts";
import type { PerformanceFilter } from "./performance-filter.ts";
import { readAggregates, readKeptAggregates, readReferenceAggregates } from "./read-aggregates.ts";
import {
  type NumericCuts,
  type SegmentLosses,
  segmentLossesQuery,
  UPLOADED_ROWS,
  VERSION_ROWS,
} from "./segment-losses.ts";
import { taskParameters } from "./task-parameters.ts";
import { type ScoreWindow, unlabelledScores } from "./unlabelled-scores.ts";

/** Performance reduces labelled predictions to aggregates, inside ClickHouse. */
export interface Performance {
  /**
   * windows returns one aggregate per window of `windowMs` that holds predictions, in order. A prediction that ended in an error has no output to judge and is
   * left out. With `weights`, a label counts for what is said of its class (1 where nothing is).
   */
  windows(
    project: string,
    filter: PerformanceFilter,
    task: PerformanceTask,
    windowMs: number,
    weights?: LabelWeights,
  ): Promise<AggregateWindow[]>;
  /** keptWindows returns the same; what it read is kept, and windows for which nothing new came are not read again. */
  keptWindows(
    project: string,
    filter: PerformanceFilter,
    task: PerformanceTask,
    windowMs: number,
  ): Promise<AggregateWindow[]>;
  /** referenceWindows returns the same of an uploaded reference's rows. */
  referenceWindows(
    project: string,
    referenceId: string,
    task: PerformanceTask,
    windowMs: number,
    segment?: Segment,
  ): Promise<AggregateWindow[]>;
  /** scores returns, per window, the predictions of a binary model by score and predicted class, labels or not. */
  scores(
    project: string,
    filter: PerformanceFilter,
    task: Extract<PerformanceTask, { task: "binary" }>,
    windowMs: number,
  ): Promise<ScoreWindow[]>;
  /** classScores returns the same of a multiclass model, per window and class. */
  classScores(project: string, filter: PerformanceFilter, windowMs: number): Promise<ClassScoreWindow[]>;
  /** outputStrata returns, per window, a regressor's predictions by tenths of its outputs, and those of them that have a label. */
  outputStrata(project: string, filter: PerformanceFilter, windowMs: number): Promise<OutputStrata[]>;
  /** errors returns the errors of a version's newest labelled predictions, at most `limit`, in order of event time. */
  errors(
    project: string,
    filter: PerformanceFilter,
    task: PerformanceTask,
    limit: number,
  ): Promise<ErrorStream>;
  /** lossRows returns a random sample of a regressor's rows with their inputs, in order of time. */
  lossRows(project: string, sample: VersionSample | UploadSample, inputs: LossInputs): Promise<SampledRow[]>;
  /** segmentLosses returns the loss sums of labelled rows per segment: of a version in a range of time, or of an uploaded reference. */
  segmentLosses(
    project: string,
    rows: Omit<PerformanceFilter, "segment"> | { referenceId: string },
    task: PerformanceTask,
    cuts: readonly NumericCuts[],
  ): Promise<SegmentLosses[]>;
  /** breakdown returns a version's predictions by the values of a tag or feature, beside the same of its reference's rows. */
  breakdown(
    project: string,
    filter: PerformanceFilter,
    task: PerformanceTask,
    by: { name: string; reference: Reference | undefined },
  ): Promise<CountedGroup[]>;
  /** breakdownNames returns what a version's predictions can be broken down by. */
  breakdownNames(project: string, filter: Omit<PerformanceFilter, "segment">): Promise<BreakdownNames>;
  /** referenceTotal returns what a reference's rows, of all traffic or a segment, say as a whole; undefined where there are none with a label. */
  referenceTotal(
    project: string,
    reference: Reference,
    task: PerformanceTask,
    segment: Segment | undefined,
  ): Promise<PerformanceAggregate | undefined>;
  /** paired returns, per window, how two versions did on the labelled predictions that both made. */
  paired(
    project: string,
    filter: PairedFilter,
    task: PerformanceTask,
    windowMs: number,
  ): Promise<PairedWindow[]>;
}

const DAY_MS = 86_400_000;
const MONDAY_EPOCH_MS = 4 * DAY_MS;

function inWindows<Filter extends object>(project: string, filter: Filter, windowMs: number) {
  return { project, ...filter, windowMs, origin: originOf(windowMs) };
}

/** createPerformance returns the performance reads of ClickHouse. */
export function createPerformance(client: ClickHouseClient, now: () => number): Performance {
  return {
    windows(project, { segment, ...filter }, task, windowMs, weights) {
      const condition = segmentCondition(segment);
      const rows = productionRows(task.task, WINDOW_GROUP, condition);
      const counted = weights === undefined ? rows : weighedRows(rows);
      return readAggregates(client, "performance_windows", counted, task, {
        ...(weights === undefined ? {} : weightParameters(weights)),
        ...inWindows(project, filter, windowMs),
        ...condition.parameters,
      });
    },
    keptWindows: (project, { segment, ...filter }, task, windowMs) =>
      readKeptAggregates(
        client,
        now(),
        segmentCondition(segment),
        task,
        inWindows(project, filter, windowMs),
      ),
    referenceWindows(project, referenceId, task, windowMs, segment) {
      const condition = segmentCondition(segment);
      const rows = referenceRows(WINDOW_GROUP, condition);
      return readAggregates(client, "performance_reference", rows, task, {
        project,
        referenceId,
        windowMs,
        origin: originOf(windowMs),
        ...condition.parameters,
      });
    },
    scores: (project, { segment, ...filter }, { positiveClass, threshold }, windowMs) =>
      unlabelledScores(client, segmentCondition(segment), {
        project,
        ...filter,
        positiveClass: positiveClass ?? "",
        threshold,
        windowMs,
        origin: originOf(windowMs),
      }),
    classScores: (project, { segment, ...filter }, windowMs) =>
      classScores(client, segmentCondition(segment), inWindows(project, filter, windowMs)),
    outputStrata: (project, { segment, ...filter }, windowMs) =>
      outputStrata(client, segmentCondition(segment), inWindows(project, filter, windowMs)),
    errors: (project, filter, task, limit) => errorStream(client, project, filter, task, limit),
    lossRows: (project, sample, inputs) =>
      lossRows(client, project, sample, inputs, "windowMs" in sample ? originOf(sample.windowMs) : 0),
    segmentLosses: (project, rows, task, cuts) =>
      segmentLossesQuery(task.task, "referenceId" in rows ? UPLOADED_ROWS : VERSION_ROWS)(client, {
        project,
        ...rows,
        ...taskParameters(task),
        numbers: cuts.map(({ feature }) => feature),
        lows: cuts.map(({ low }) => low),
        highs: cuts.map(({ high }) => high),
      }),
    breakdown: (project, filter, task, by) => readBreakdown(client, project, filter, task, by),
    breakdownNames: (project, filter) => breakdownNames(client, project, filter),
    async referenceTotal(project, reference, task, segment) {
      const grouping = { group: "0", condition: segmentCondition(segment) };
      const [total] = await readReferenceAggregates(client, reference, task, grouping, { project });
      return total === undefined || total.labelled === 0 ? undefined : total.aggregate;
    },
    paired: (project, filter, task, windowMs) =>
      pairedWindows(client, project, filter, task, { windowMs, origin: originOf(windowMs) }),
  };
}

// Windows longer than a day begin on Mondays, as in core/window.
function originOf(windowMs: number): number {
  return windowMs > DAY_MS ? MONDAY_EPOCH_MS : 0;
}
