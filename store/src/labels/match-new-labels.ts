import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand, defineQuery } from "../client/define-query.ts";
import { JOIN_SETTINGS, RESOLVED_COLUMNS, type ResolutionRange } from "./resolution.ts";

/** Labels joined in one statement: their hash table must fit into memory. */
const LABELS_AT_ONCE = 2_500_000;
/** Up to so many labels, looking up their predictions by index is cheaper than reading all predictions' ids. */
const INDEX_LOOKUPS = 20_000;

const labelsRow = z.object({ labels: z.coerce.number() });

/** LabelRange adds how far the last pass came, and which part of the labels a statement takes. */
type LabelRange = ResolutionRange & Record<"labelsUntil" | "chunks" | "chunk", number>;

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
  Pick<ResolutionRange, "project" | "model" | "labelsFrom" | "labelsEnd">,
  typeof labelsRow
>({
  name: "labels_since",
  sql: `SELECT count() AS labels FROM labels
    WHERE project = {project:String} AND model = {model:String}
      AND received_at >= fromUnixTimestamp64Milli({labelsFrom:Int64}, 'UTC')
      AND received_at < fromUnixTimestamp64Milli({labelsEnd:Int64}, 'UTC')`,
  row: labelsRow,
});

/**
 * matchNewLabels lays the labels of a pass beside their predictions and lets those without one wait, `labelsAtOnce` in one statement.
 * `labelsUntil` is where the last pass ended.
 */
export async function matchNewLabels(
  client: ClickHouseClient,
  range: Omit<LabelRange, "chunks" | "chunk">,
  labelsAtOnce = LABELS_AT_ONCE,
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
