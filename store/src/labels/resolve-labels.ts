import { SETTLING_MS } from "@leeway/core/window";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";
import { matchNewLabels } from "./match-new-labels.ts";
import { LATE_INSERT_MS, type ResolutionRange } from "./resolution.ts";
import { copySiblingLabels, resolveOrphans } from "./resolve-new-predictions.ts";

const countsRow = z.object({
  recent_labels: z.coerce.number(),
  recent_predictions: z.coerce.number(),
  settled_labels: z.coerce.number(),
  settled_predictions: z.coerce.number(),
});

const progressRow = countsRow.extend({ labels: z.coerce.number(), predictions: z.coerce.number() });

const newestRow = progressRow.extend({ orphans: z.coerce.number(), subjects: z.coerce.number() });

const resolutionState = defineQuery({
  name: "label_resolution_state",
  sql: `SELECT toUnixTimestamp64Milli(labels_until) AS labels, toUnixTimestamp64Milli(predictions_until) AS predictions,
      recent_labels, recent_predictions, settled_labels, settled_predictions
    FROM label_resolution FINAL WHERE project = {project:String} AND model = {model:String}`,
  row: progressRow,
});

const rowsWithin = (table: string, from: string, until: string) => `(SELECT count() FROM ${table}
    WHERE project = {project:String} AND model = {model:String}
      AND received_at >= fromUnixTimestamp64Milli(greatest(0, ${from}), 'UTC')
      AND received_at < fromUnixTimestamp64Milli(greatest(0, ${until}), 'UTC'))`;

/** How many rows there are in the settling time before `until`, and in the longer time before that in which a slow insert may still add some. */
const counts = (table: "labels" | "predictions", until: string) =>
  `${rowsWithin(table, `${until} - ${SETTLING_MS}`, until)} AS recent_${table},
      ${rowsWithin(table, `${until} - ${LATE_INSERT_MS}`, `${until} - ${SETTLING_MS}`)} AS settled_${table}`;

/** What has come so far: the end of the rows by their own clock, and how many there are before it. */
const newest = defineQuery<{ project: string; model: string }, typeof newestRow>({
  name: "labels_newest",
  sql: `WITH
      (SELECT toUnixTimestamp64Milli(max(last_received_at)) FROM label_receipts WHERE project = {project:String} AND model = {model:String}) AS last_label,
      (SELECT toUnixTimestamp64Milli(max(last_received_at)) FROM prediction_activity WHERE project = {project:String} AND model = {model:String}) AS last_prediction,
      (SELECT toUnixTimestamp64Milli(max(labels_until)) FROM label_resolution WHERE project = {project:String} AND model = {model:String}) AS looked_until,
      greatest(looked_until, if(last_label > 0, last_label + 1, 0)) AS labels_end,
      if(last_prediction > 0, last_prediction + 1, 0) AS predictions_end
    SELECT labels_end AS labels, predictions_end AS predictions,
      ${counts("labels", "labels_end")}, ${counts("predictions", "predictions_end")},
      (SELECT count() FROM orphan_labels FINAL WHERE project = {project:String} AND model = {model:String} AND is_resolved = 0) AS orphans,
      (SELECT uniqExact(version, environment) FROM prediction_activity WHERE project = {project:String} AND model = {model:String}) AS subjects`,
  row: newestRow,
});

/** How many rows there are by now of those that the last pass counted: as many as then, and none came late. */
const countedBefore = defineQuery<
  Record<"project" | "model", string> & Record<"labelsUntil" | "predictionsUntil", number>,
  typeof countsRow
>({
  name: "labels_settled",
  sql: `SELECT ${counts("labels", "{labelsUntil:Int64}")}, ${counts("predictions", "{predictionsUntil:Int64}")}`,
  row: countsRow,
});

/**
 * resolveLabels lays every label that came since the last call beside the predictions it belongs to, by `INSERT … SELECT` alone: no row passes
 * through this process. A label without a prediction waits and is resolved when the prediction comes. Safe to repeat and to break off:
 * rows are keyed by content. Returns whether anything was looked at.
 */
export async function resolveLabels(
  client: ClickHouseClient,
  project: string,
  model: string,
  now: number,
  labelsAtOnce?: number,
): Promise<boolean> {
  const [state] = await resolutionState(client, { project, model });
  const [latest] = await newest(client, { project, model });
  if (latest === undefined) return false;
  const hasLabels = hasCome("labels", latest, state);
  const hasPredictions = hasCome("predictions", latest, state);
  const hasOrphansToMatch = hasPredictions && latest.orphans > 0;
  if (!hasLabels && !hasPredictions) return false;
  const late = await lateness(client, project, model, state);
  // How far a pass comes is known by the rows' own clock: that of this process may run ahead of it.
  const range: ResolutionRange = {
    project,
    model,
    labelsFrom: Math.max(0, (state?.labels ?? 0) - late.labels),
    labelsEnd: latest.labels,
    predictionsFrom: Math.max(0, (state?.predictions ?? 0) - late.predictions),
    predictionsEnd: latest.predictions,
    resolvedAt: now,
  };
  if (hasOrphansToMatch) {
    await resolveOrphans(client, range);
  }
  // One version in one environment has no siblings whose labels it could take over.
  if (hasPredictions && state !== undefined && latest.subjects > 1) await copySiblingLabels(client, range);
  if (hasLabels) {
    await matchNewLabels(client, { ...range, labelsUntil: state?.labels ?? 0 }, labelsAtOnce);
  }
  await insertRows(client, "label_resolution", [
    {
      project,
      model,
      labels_until: toDateTime64(range.labelsEnd),
      predictions_until: toDateTime64(range.predictionsEnd),
      recent_labels: latest.recent_labels,
      recent_predictions: latest.recent_predictions,
      settled_labels: latest.settled_labels,
      settled_predictions: latest.settled_predictions,
      at: toDateTime64(now),
    },
  ]);
  return true;
}

type Progress = z.output<typeof progressRow>;

function hasCome(rows: "labels" | "predictions", latest: Progress, state: Progress | undefined): boolean {
  if (latest[rows] === 0) return false;
  return (
    latest[rows] !== state?.[rows] ||
    latest[`recent_${rows}`] !== state[`recent_${rows}`] ||
    latest[`settled_${rows}`] !== state[`settled_${rows}`]
  );
}

/** lateness returns how long before the end of the last pass rows came since, ms: only then is that time looked at again. */
async function lateness(
  client: ClickHouseClient,
  project: string,
  model: string,
  state: Progress | undefined,
): Promise<{ labels: number; predictions: number }> {
  if (state === undefined) return { labels: 0, predictions: 0 };
  const { labels: labelsUntil, predictions: predictionsUntil } = state;
  const [found] = await countedBefore(client, { project, model, labelsUntil, predictionsUntil });
  const of = (rows: "labels" | "predictions") => {
    if (found?.[`settled_${rows}`] !== state[`settled_${rows}`]) return LATE_INSERT_MS;
    return found[`recent_${rows}`] !== state[`recent_${rows}`] ? SETTLING_MS : 0;
  };
  return { labels: of("labels"), predictions: of("predictions") };
}
