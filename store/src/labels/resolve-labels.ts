import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand, defineQuery } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";

// Labels stamped this long ago are looked at once more: their insert may have been under way when they were looked for first.
const SETTLING_MS = 60_000;
/** Labels joined in one statement: their hash table must fit into memory. */
const LABELS_AT_ONCE = 1_000_000;
/** Up to so many labels, looking up their predictions by index is cheaper than reading all predictions' ids. */
const INDEX_LOOKUPS = 20_000;

const labelsRow = z.object({ labels: z.coerce.number() });

type Range = Record<"project" | "model", string> &
  Record<"labelsFrom" | "labelsEnd" | "predictionsFrom" | "predictionsEnd" | "resolvedAt", number>;
type LabelRange = Range & Record<"labelsUntil" | "chunks" | "chunk", number>;

// Content of a label as one number: sets of it are a tenth of the size of sets of tuples.
const LABEL_KEY = "sipHash128(prediction_id, timestamp, payload_hash)";

const SEEN_BEFORE = (table: string) => `SELECT ${LABEL_KEY} FROM ${table}
    WHERE project = {project:String} AND model = {model:String}
      AND received_at >= fromUnixTimestamp64Milli({labelsFrom:Int64}, 'UTC')
      AND received_at < fromUnixTimestamp64Milli({labelsUntil:Int64}, 'UTC')`;

// The new labels of this pass: stamped since the last one, or in the settling time before it and not seen then.
const NEW_LABELS = `(
    SELECT prediction_id, label, value, timestamp, received_at, payload_hash
    FROM labels
    WHERE project = {project:String} AND model = {model:String}
      AND received_at >= fromUnixTimestamp64Milli({labelsFrom:Int64}, 'UTC')
      AND received_at < fromUnixTimestamp64Milli({labelsEnd:Int64}, 'UTC')
      AND cityHash64(prediction_id) % {chunks:UInt32} = {chunk:UInt32}
      AND (received_at >= fromUnixTimestamp64Milli({labelsUntil:Int64}, 'UTC')
        OR (${LABEL_KEY} NOT IN (${SEEN_BEFORE("resolved_labels")}) AND ${LABEL_KEY} NOT IN (${SEEN_BEFORE("orphan_labels")})))
  )`;

const WAITING_ORPHANS = `(
    SELECT prediction_id, label, value, timestamp, received_at, payload_hash
    FROM orphan_labels FINAL
    WHERE project = {project:String} AND model = {model:String} AND is_resolved = 0
  )`;

const RESOLVED_COLUMNS = `{project:String} AS project, {model:String} AS model, p.version, p.environment, l.prediction_id,
    p.timestamp AS prediction_timestamp, l.label, l.value, l.timestamp AS timestamp, l.received_at AS received_at, l.payload_hash,
    fromUnixTimestamp64Milli({resolvedAt:Int64}, 'UTC') AS resolved_at`;

const INSERT_RESOLVED = `INSERT INTO resolved_labels (project, model, version, environment, prediction_id, prediction_timestamp,
    label, value, timestamp, received_at, payload_hash, resolved_at)`;

// Repeating a statement is harmless (rows are keyed by content); ClickHouse must not take the repetition for a retry.
const JOIN_SETTINGS = { insert_deduplicate: 0 } as const;

/** Every new label goes to each version that scored its prediction; what finds none waits as an orphan. One pass over both sides. */
const matchLabels = (name: string, predictions: string) =>
  defineCommand<LabelRange>({
    name,
    sql: `INSERT INTO label_matches (project, model, version, environment, prediction_id, prediction_timestamp,
        label, value, timestamp, received_at, payload_hash, resolved_at, is_matched)
      SELECT ${RESOLVED_COLUMNS}, p.id != '' AS is_matched
      FROM (
        SELECT id, version, environment, timestamp FROM predictions
        WHERE project = {project:String} AND model = {model:String} AND ${predictions}
      ) AS p
      RIGHT JOIN ${NEW_LABELS} AS l ON l.prediction_id = p.id`,
    settings: { ...JOIN_SETTINGS, join_use_nulls: 0 },
  });

const matchFewLabels = matchLabels("labels_match_few", `id IN (SELECT prediction_id FROM ${NEW_LABELS})`);
const matchManyLabels = matchLabels("labels_match_many", "cityHash64(id) % {chunks:UInt32} = {chunk:UInt32}");

const labelsSince = defineQuery<
  Pick<Range, "project" | "model" | "labelsFrom" | "labelsEnd">,
  typeof labelsRow
>({
  name: "labels_since",
  sql: `SELECT count() AS labels FROM labels
    WHERE project = {project:String} AND model = {model:String}
      AND received_at >= fromUnixTimestamp64Milli({labelsFrom:Int64}, 'UTC')
      AND received_at < fromUnixTimestamp64Milli({labelsEnd:Int64}, 'UTC')`,
  row: labelsRow,
});

const resolveForNewPredictions = defineCommand<Range>({
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

/** A version that scores a request others have scored before (shadow back-fill) takes over the labels already laid beside that hour. */
const resolveFromSiblings = defineCommand<Range>({
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

const closeOrphans = defineCommand<Range>({
  name: "labels_close_orphans",
  sql: `INSERT INTO orphan_labels (project, model, prediction_id, label, value, timestamp, received_at, payload_hash, is_resolved)
    SELECT {project:String}, {model:String}, prediction_id, label, value, timestamp, received_at, payload_hash, 1 FROM ${WAITING_ORPHANS}
    WHERE (prediction_id, timestamp, payload_hash) IN (
      SELECT prediction_id, timestamp, payload_hash FROM resolved_labels
      WHERE project = {project:String} AND model = {model:String}
        AND resolved_at >= fromUnixTimestamp64Milli({resolvedAt:Int64}, 'UTC'))`,
  settings: JOIN_SETTINGS,
});

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
  labelsAtOnce = LABELS_AT_ONCE,
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
  // How far a pass comes is told by the rows' own clock: that of this process may run ahead of it.
  const range: Range = {
    project,
    model,
    labelsFrom: Math.max(0, (state?.labels ?? 0) - SETTLING_MS),
    labelsEnd: latest.labels,
    predictionsFrom: Math.max(0, (state?.predictions ?? 0) - SETTLING_MS),
    predictionsEnd: latest.predictions,
    resolvedAt: now,
  };
  if (hasOrphansToMatch) {
    await resolveForNewPredictions(client, range);
    await closeOrphans(client, range);
  }
  if (hasPredictions && state !== undefined) await resolveFromSiblings(client, range);
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

async function matchNewLabels(
  client: ClickHouseClient,
  range: Omit<LabelRange, "chunks" | "chunk">,
  labelsAtOnce: number,
): Promise<void> {
  const { project, model, labelsFrom, labelsEnd } = range;
  const [count] = await labelsSince(client, { project, model, labelsFrom, labelsEnd });
  const labels = count?.labels ?? 0;
  if (labels === 0) return;
  if (labels <= INDEX_LOOKUPS) {
    await matchFewLabels(client, { ...range, chunks: 1, chunk: 0 });
    return;
  }
  const chunks = Math.ceil(labels / labelsAtOnce);
  for (let chunk = 0; chunk < chunks; chunk++) await matchManyLabels(client, { ...range, chunks, chunk });
}
