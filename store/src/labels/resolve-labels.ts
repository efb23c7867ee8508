import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";
import { matchNewLabels } from "./match-new-labels.ts";
import { type ResolutionRange, SETTLING_MS } from "./resolution.ts";
import { copySiblingLabels, resolveOrphans } from "./resolve-new-predictions.ts";

const progressRow = z.object({
  labels: z.coerce.number(),
  predictions: z.coerce.number(),
  recent_labels: z.coerce.number(),
  recent_predictions: z.coerce.number(),
});

const newestRow = progressRow.extend({ orphans: z.coerce.number() });

const resolutionState = defineQuery({
  name: "label_resolution_state",
  sql: `SELECT toUnixTimestamp64Milli(labels_until) AS labels, toUnixTimestamp64Milli(predictions_until) AS predictions,
      recent_labels, recent_predictions
    FROM label_resolution FINAL WHERE project = {project:String} AND model = {model:String}`,
  row: progressRow,
});

const recentRows = (table: string, until: string) => `(SELECT count() FROM ${table}
    WHERE project = {project:String} AND model = {model:String}
      AND received_at >= fromUnixTimestamp64Milli(greatest(0, ${until} - ${SETTLING_MS}), 'UTC'))`;

/** What has come so far: the end of the rows by their own clock, and how many there are in the settling time before it. */
const newest = defineQuery<{ project: string; model: string }, typeof newestRow>({
  name: "labels_newest",
  sql: `WITH
      (SELECT toUnixTimestamp64Milli(max(received_at)) FROM labels WHERE project = {project:String} AND model = {model:String}) AS last_label,
      (SELECT toUnixTimestamp64Milli(max(last_received_at)) FROM prediction_activity WHERE project = {project:String} AND model = {model:String}) AS last_prediction,
      if(last_label > 0, last_label + 1, 0) AS labels_end,
      if(last_prediction > 0, last_prediction + 1, 0) AS predictions_end
    SELECT labels_end AS labels, predictions_end AS predictions,
      ${recentRows("labels", "labels_end")} AS recent_labels, ${recentRows("predictions", "predictions_end")} AS recent_predictions,
      (SELECT count() FROM orphan_labels FINAL WHERE project = {project:String} AND model = {model:String} AND is_resolved = 0) AS orphans`,
  row: newestRow,
});

const settledRow = z.object({ labels: z.coerce.number(), predictions: z.coerce.number() });

const settledRows = (table: string, until: string) => `(SELECT count() FROM ${table}
    WHERE project = {project:String} AND model = {model:String}
      AND received_at >= fromUnixTimestamp64Milli(greatest(0, {${until}:Int64} - ${SETTLING_MS}), 'UTC')
      AND received_at < fromUnixTimestamp64Milli({${until}:Int64}, 'UTC'))`;

/** How many rows there are by now of those that the last pass counted: as many as then, and none came late. */
const settled = defineQuery<
  Record<"project" | "model", string> & Record<"labelsUntil" | "predictionsUntil", number>,
  typeof settledRow
>({
  name: "labels_settled",
  sql: `SELECT ${settledRows("labels", "labelsUntil")} AS labels, ${settledRows("predictions", "predictionsUntil")} AS predictions`,
  row: settledRow,
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
  const hasLabels =
    latest.labels > 0 && (latest.labels !== state?.labels || latest.recent_labels !== state.recent_labels);
  const hasPredictions =
    latest.predictions > 0 &&
    (latest.predictions !== state?.predictions || latest.recent_predictions !== state.recent_predictions);
  const hasOrphansToMatch = hasPredictions && latest.orphans > 0;
  if (!hasLabels && !hasPredictions) return false;
  const late = await lateRows(client, project, model, state);
  // How far a pass comes is told by the rows' own clock: that of this process may run ahead of it.
  const range: ResolutionRange = {
    project,
    model,
    labelsFrom: Math.max(0, (state?.labels ?? 0) - (late.labels ? SETTLING_MS : 0)),
    labelsEnd: latest.labels,
    predictionsFrom: Math.max(0, (state?.predictions ?? 0) - (late.predictions ? SETTLING_MS : 0)),
    predictionsEnd: latest.predictions,
    resolvedAt: now,
  };
  if (hasOrphansToMatch) {
    await resolveOrphans(client, range);
  }
  if (hasPredictions && state !== undefined) await copySiblingLabels(client, range);
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
      at: toDateTime64(now),
    },
  ]);
  return true;
}

/** lateRows decides whether rows came with times before the end of the last pass: only then is the settling time before it looked at again. */
async function lateRows(
  client: ClickHouseClient,
  project: string,
  model: string,
  state: z.output<typeof progressRow> | undefined,
): Promise<{ labels: boolean; predictions: boolean }> {
  if (state === undefined) return { labels: false, predictions: false };
  const [counts] = await settled(client, {
    project,
    model,
    labelsUntil: state.labels,
    predictionsUntil: state.predictions,
  });
  return {
    labels: counts?.labels !== state.recent_labels,
    predictions: counts?.predictions !== state.recent_predictions,
  };
}
