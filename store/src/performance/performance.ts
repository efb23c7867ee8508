import type { PairedWindow, PerformanceTask } from "@leeway/core/performance";
import type { Segment } from "@leeway/core/segment";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery, type QueryParameter } from "../client/define-query.ts";
import { segmentCondition } from "../segments/segment-condition.ts";
import { type AggregateWindow, aggregateRow } from "./aggregate-row.ts";
import { aggregateSql } from "./aggregate-sql.ts";
import { type LabelledRows, productionRows, referenceRows, WINDOW_GROUP } from "./labelled-rows.ts";
import { type PairedFilter, pairedWindows } from "./paired-windows.ts";
import {
  type NumericCuts,
  type SegmentLosses,
  segmentLossesQuery,
  UPLOADED_ROWS,
  VERSION_ROWS,
} from "./segment-losses.ts";
import { taskParameters } from "./task-parameters.ts";
import { type ScoreWindow, unlabelledScores } from "./unlabelled-scores.ts";

/** One version in one environment over `[from, to)` of prediction time, epoch milliseconds; all of its traffic or a segment. */
export interface PerformanceFilter {
  model: string;
  version: string;
  environment: string;
  from: number;
  to: number;
  segment?: Segment | undefined;
}

/** Performance reduces labelled predictions to aggregates, inside ClickHouse. */
export interface Performance {
  /** windows returns one aggregate per window of `windowMs` that holds predictions, in order. A prediction that ended in an error has no output to judge and is left out. */
  windows(
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
  /** segmentLosses returns the loss sums of labelled rows per segment: of a version in a range of time, or of an uploaded reference. */
  segmentLosses(
    project: string,
    rows: Omit<PerformanceFilter, "segment"> | { referenceId: string },
    task: PerformanceTask,
    cuts: readonly NumericCuts[],
  ): Promise<SegmentLosses[]>;
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

/** createPerformance returns the performance reads of ClickHouse. */
export function createPerformance(client: ClickHouseClient): Performance {
  const read = (
    name: string,
    rows: LabelledRows,
    task: PerformanceTask,
    parameters: Record<string, QueryParameter>,
  ) =>
    defineQuery({
      name: `${name}_${task.task}`,
      sql: aggregateSql(task.task, rows),
      row: aggregateRow(task),
    })(client, { ...parameters, ...taskParameters(task) });
  return {
    windows(project, { segment, ...filter }, task, windowMs) {
      const condition = segmentCondition(segment);
      return read("performance_windows", productionRows(task.task, WINDOW_GROUP, condition), task, {
        project,
        ...filter,
        windowMs,
        origin: originOf(windowMs),
        ...condition.parameters,
      });
    },
    referenceWindows(project, referenceId, task, windowMs, segment) {
      const condition = segmentCondition(segment);
      return read("performance_reference", referenceRows(WINDOW_GROUP, condition), task, {
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
        positiveClass,
        threshold,
        windowMs,
        origin: originOf(windowMs),
      }),
    segmentLosses: (project, rows, task, cuts) =>
      segmentLossesQuery(task.task, "referenceId" in rows ? UPLOADED_ROWS : VERSION_ROWS)(client, {
        project,
        ...rows,
        ...taskParameters(task),
        numbers: cuts.map(({ feature }) => feature),
        lows: cuts.map(({ low }) => low),
        highs: cuts.map(({ high }) => high),
      }),
    paired: (project, filter, task, windowMs) =>
      pairedWindows(client, project, filter, task, { windowMs, origin: originOf(windowMs) }),
  };
}

// Windows longer than a day begin on Mondays, as in core/window.
function originOf(windowMs: number): number {
  return windowMs > DAY_MS ? MONDAY_EPOCH_MS : 0;
}
