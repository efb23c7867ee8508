import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand, defineQuery } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";

// Labels stamped this long ago are looked at once more: their insert may have been under way when they were looked for first.
const SETTLING_MS = 60_000;

type Range = { project: string; model: string; labelsFrom: number; predictionsFrom: number; until: number };

// The new labels of this pass: stamped since the last one (less the settling time), neither resolved nor known to be orphans.
const NEW_LABELS = `(
    SELECT prediction_id, label, value, timestamp, received_at, payload_hash
    FROM labels FINAL
    WHERE project = {project:String} AND model = {model:String}
      AND received_at >= fromUnixTimestamp64Milli({labelsFrom:Int64}, 'UTC')
      AND received_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
      AND (prediction_id, timestamp, payload_hash) NOT IN (
        SELECT prediction_id, timestamp, payload_hash FROM resolved_labels
        WHERE project = {project:String} AND model = {model:String}
          AND received_at >= fromUnixTimestamp64Milli({labelsFrom:Int64}, 'UTC'))
      AND (prediction_id, timestamp, payload_hash) NOT IN (
        SELECT prediction_id, timestamp, payload_hash FROM orphan_labels
        WHERE project = {project:String} AND model = {model:String}
          AND received_at >= fromUnixTimestamp64Milli({labelsFrom:Int64}, 'UTC'))
  )`;

const WAITING_ORPHANS = `(
    SELECT prediction_id, label, value, timestamp, received_at, payload_hash
    FROM orphan_labels FINAL
    WHERE project = {project:String} AND model = {model:String} AND is_resolved = 0
  )`;

const RESOLVED_COLUMNS = `{project:String} AS project, {model:String} AS model, p.version, p.environment, l.prediction_id,
    p.timestamp AS prediction_timestamp, l.label, l.value, l.timestamp AS timestamp, l.received_at AS received_at, l.payload_hash,
    fromUnixTimestamp64Milli({until:Int64}, 'UTC') AS resolved_at`;

const INSERT_RESOLVED = `INSERT INTO resolved_labels (project, model, version, environment, prediction_id, prediction_timestamp,
    label, value, timestamp, received_at, payload_hash, resolved_at)`;

// Repeating a statement is harmless (rows are keyed by content); ClickHouse must not take the repetition for a retry.
const JOIN_SETTINGS = { insert_deduplicate: 0 } as const;

/** Every new label goes to each version that scored its prediction. */
const resolveNewLabels = defineCommand<Range>({
  name: "labels_resolve_new",
  sql: `${INSERT_RESOLVED}
    SELECT ${RESOLVED_COLUMNS}
    FROM (
      SELECT id, version, environment, timestamp FROM predictions FINAL
      WHERE project = {project:String} AND model = {model:String}
        AND id IN (SELECT prediction_id FROM ${NEW_LABELS})
    ) AS p
    INNER JOIN ${NEW_LABELS} AS l ON l.prediction_id = p.id`,
  settings: JOIN_SETTINGS,
});

/** What did not find a prediction waits. Run after the new labels were resolved. */
const keepOrphans = defineCommand<Range>({
  name: "labels_keep_orphans",
  sql: `INSERT INTO orphan_labels (project, model, prediction_id, label, value, timestamp, received_at, payload_hash, is_resolved)
    SELECT {project:String}, {model:String}, prediction_id, label, value, timestamp, received_at, payload_hash, 0 FROM ${NEW_LABELS}`,
  settings: JOIN_SETTINGS,
});

const resolveForNewPredictions = defineCommand<Range>({
  name: "labels_resolve_for_new_predictions",
  sql: `${INSERT_RESOLVED}
    SELECT ${RESOLVED_COLUMNS}
    FROM (
      SELECT id, version, environment, timestamp FROM predictions FINAL
      WHERE project = {project:String} AND model = {model:String}
        AND received_at >= fromUnixTimestamp64Milli({predictionsFrom:Int64}, 'UTC')
        AND received_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
        AND id IN (SELECT prediction_id FROM ${WAITING_ORPHANS})
    ) AS p
    INNER JOIN ${WAITING_ORPHANS} AS l ON l.prediction_id = p.id`,
  settings: JOIN_SETTINGS,
});

/** A version that scores a request others have scored before (shadow back-fill) takes over the labels already laid beside that hour. */
const resolveFromSiblings = defineCommand<Range>({
  name: "labels_resolve_from_siblings",
  sql: `${INSERT_RESOLVED}
    SELECT ${RESOLVED_COLUMNS}
    FROM (
      SELECT id, version, environment, timestamp FROM predictions FINAL
      WHERE project = {project:String} AND model = {model:String}
        AND received_at >= fromUnixTimestamp64Milli({predictionsFrom:Int64}, 'UTC')
        AND received_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
    ) AS p
    INNER JOIN (
      SELECT prediction_id, prediction_timestamp, label, value, timestamp, received_at, payload_hash
      FROM resolved_labels FINAL
      WHERE project = {project:String} AND model = {model:String} AND toStartOfHour(prediction_timestamp) IN (
        SELECT hour FROM prediction_activity
        WHERE project = {project:String} AND model = {model:String}
          AND last_received_at >= fromUnixTimestamp64Milli({predictionsFrom:Int64}, 'UTC'))
      LIMIT 1 BY prediction_id, timestamp, payload_hash
    ) AS l ON l.prediction_id = p.id AND toStartOfHour(l.prediction_timestamp) = toStartOfHour(p.timestamp)
    WHERE (p.version, p.environment, l.prediction_id, l.timestamp, l.payload_hash) NOT IN (
      SELECT version, environment, prediction_id, timestamp, payload_hash FROM resolved_labels
      WHERE project = {project:String} AND model = {model:String} AND toStartOfHour(prediction_timestamp) IN (
        SELECT hour FROM prediction_activity
        WHERE project = {project:String} AND model = {model:String}
          AND last_received_at >= fromUnixTimestamp64Milli({predictionsFrom:Int64}, 'UTC')))`,
  settings: JOIN_SETTINGS,
});

const closeOrphans = defineCommand<Range>({
  name: "labels_close_orphans",
  sql: `INSERT INTO orphan_labels (project, model, prediction_id, label, value, timestamp, received_at, payload_hash, is_resolved)
    SELECT {project:String}, {model:String}, prediction_id, label, value, timestamp, received_at, payload_hash, 1 FROM ${WAITING_ORPHANS}
    WHERE (prediction_id, timestamp, payload_hash) IN (
      SELECT prediction_id, timestamp, payload_hash FROM resolved_labels
      WHERE project = {project:String} AND model = {model:String}
        AND resolved_at >= fromUnixTimestamp64Milli({until:Int64}, 'UTC'))`,
  settings: JOIN_SETTINGS,
});

const resolutionState = defineQuery({
  name: "label_resolution_state",
  sql: `SELECT toUnixTimestamp64Milli(labels_until) AS labels, toUnixTimestamp64Milli(predictions_until) AS predictions
    FROM label_resolution FINAL WHERE project = {project:String} AND model = {model:String}`,
  row: z.object({ labels: z.coerce.number(), predictions: z.coerce.number() }),
});

const newestRow = z.object({
  labels: z.coerce.number(),
  predictions: z.coerce.number(),
  orphans: z.coerce.number(),
});

const newest = defineQuery<{ project: string; model: string }, typeof newestRow>({
  name: "labels_newest",
  sql: `SELECT
      toUnixTimestamp64Milli((SELECT max(received_at) FROM labels WHERE project = {project:String} AND model = {model:String})) AS labels,
      toUnixTimestamp64Milli((SELECT max(last_received_at) FROM prediction_activity WHERE project = {project:String} AND model = {model:String})) AS predictions,
      (SELECT count() FROM orphan_labels FINAL WHERE project = {project:String} AND model = {model:String} AND is_resolved = 0) AS orphans`,
  row: newestRow,
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
): Promise<boolean> {
  const [state] = await resolutionState(client, { project, model });
  const [latest] = await newest(client, { project, model });
  const labelsFrom = (state?.labels ?? 0) - SETTLING_MS;
  const predictionsFrom = (state?.predictions ?? 0) - SETTLING_MS;
  const hasLabels = (latest?.labels ?? 0) >= labelsFrom && (latest?.labels ?? 0) > 0;
  const hasPredictions = (latest?.predictions ?? 0) >= predictionsFrom && (latest?.predictions ?? 0) > 0;
  const hasOrphansToMatch = hasPredictions && (latest?.orphans ?? 0) > 0;
  if (!hasLabels && !hasPredictions) return false;
  const range = {
    project,
    model,
    labelsFrom: Math.max(0, labelsFrom),
    predictionsFrom: Math.max(0, predictionsFrom),
    until: now,
  };
  if (hasOrphansToMatch) {
    await resolveForNewPredictions(client, range);
    await closeOrphans(client, range);
  }
  if (hasPredictions && state !== undefined) await resolveFromSiblings(client, range);
  if (hasLabels) {
    await resolveNewLabels(client, range);
    await keepOrphans(client, range);
  }
  await insertRows(client, "label_resolution", [
    {
      project,
      model,
      labels_until: toDateTime64(now),
      predictions_until: toDateTime64(now),
      at: toDateTime64(now),
    },
  ]);
  return true;
}
