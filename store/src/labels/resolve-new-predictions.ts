import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand } from "../client/define-query.ts";
import { JOIN_SETTINGS, RESOLVED_COLUMNS, type ResolutionRange } from "./resolution.ts";

const WAITING_ORPHANS = `(
    SELECT prediction_id, label, value, timestamp, received_at, payload_hash
    FROM orphan_labels FINAL
    WHERE project = {project:String} AND model = {model:String} AND is_resolved = 0
  )`;

const INSERT_RESOLVED = `INSERT INTO resolved_labels (project, model, version, environment, prediction_id, prediction_timestamp,
    label, value, timestamp, received_at, payload_hash, resolved_at)`;

const resolveForNewPredictions = defineCommand<ResolutionRange>({
  name: "labels_resolve_for_new_predictions",
  sql: `${INSERT_RESOLVED}
    SELECT ${RESOLVED_COLUMNS}
    FROM (
      SELECT id, version, environment, timestamp FROM predictions FINAL
      WHERE project = {project:String} AND model = {model:String}
        AND received_at >= fromUnixTimestamp64Milli({predictionsFrom:Int64}, 'UTC')
        AND received_at < fromUnixTimestamp64Milli({predictionsEnd:Int64}, 'UTC')
        AND id IN (SELECT prediction_id FROM ${WAITING_ORPHANS})
    ) AS p
    INNER JOIN ${WAITING_ORPHANS} AS l ON l.prediction_id = p.id`,
  settings: JOIN_SETTINGS,
});

/** A version that scores a request others have scored before (shadow back-fill) takes over the labels already joined to that hour. */
const resolveFromSiblings = defineCommand<ResolutionRange>({
  name: "labels_resolve_from_siblings",
  sql: `${INSERT_RESOLVED}
    SELECT ${RESOLVED_COLUMNS}
    FROM (
      SELECT id, version, environment, timestamp FROM predictions FINAL
      WHERE project = {project:String} AND model = {model:String}
        AND received_at >= fromUnixTimestamp64Milli({predictionsFrom:Int64}, 'UTC')
        AND received_at < fromUnixTimestamp64Milli({predictionsEnd:Int64}, 'UTC')
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

const closeOrphans = defineCommand<ResolutionRange>({
  name: "labels_close_orphans",
  sql: `INSERT INTO orphan_labels (project, model, prediction_id, label, value, timestamp, received_at, payload_hash, is_resolved)
    SELECT {project:String}, {model:String}, prediction_id, label, value, timestamp, received_at, payload_hash, 1 FROM ${WAITING_ORPHANS}
    WHERE (prediction_id, timestamp, payload_hash) IN (
      SELECT prediction_id, timestamp, payload_hash FROM resolved_labels
      WHERE project = {project:String} AND model = {model:String}
        AND resolved_at >= fromUnixTimestamp64Milli({resolvedAt:Int64}, 'UTC'))`,
  settings: JOIN_SETTINGS,
});

/** resolveOrphans gives the labels that wait to the predictions that came for them, and lets them wait no longer. */
export async function resolveOrphans(client: ClickHouseClient, range: ResolutionRange): Promise<void> {
  await resolveForNewPredictions(client, range);
  await closeOrphans(client, range);
}

/** copySiblingLabels gives the new predictions the labels that other versions' predictions of the same requests already have. */
export function copySiblingLabels(client: ClickHouseClient, range: ResolutionRange): Promise<void> {
  return resolveFromSiblings(client, range);
}
