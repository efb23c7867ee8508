import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { QueryParameter } from "../client/query-parameter.ts";
import type { SegmentCondition } from "../segments/segment-condition.ts";
import { WINDOW_GROUP } from "./labelled-rows.ts";

const scoresRow = z
  .object({
    start: z.coerce.number(),
    keys: z.array(z.number()),
    positives: z.array(z.number()),
    negatives: z.array(z.number()),
  })
  .transform((row) => ({
    start: row.start,
    scores: row.keys,
    predictedPositive: row.positives,
    predictedNegative: row.negatives,
  }));

/** ScoreWindow is one window's predictions by score and predicted class, whether they have labels or not. */
export type ScoreWindow = z.output<typeof scoresRow>;

/** SNAPPED_SCORE is the SQL of a score `raw` on the grid of core's snapScore: even in asin(sqrt(score)). */
export const SNAPPED_SCORE = `pow(sin((least(1023, floor(asin(sqrt(raw)) * 2 / pi() * 1024)) + 0.5) / 1024 * pi() / 2), 2)`;

/** unlabelledScores returns, per window, how many predictions of a binary model had which score (snapped) and predicted class. */
export function unlabelledScores(
  client: ClickHouseClient,
  condition: SegmentCondition,
  parameters: Record<string, QueryParameter>,
): Promise<ScoreWindow[]> {
  const query = defineQuery<Record<string, QueryParameter>, typeof scoresRow>({
    name: "performance_unlabelled_scores",
    sql: `SELECT start, sumMap([snapped], [w * c], [w * (1 - c)]) AS histogram,
      histogram.1 AS keys, histogram.2 AS positives, histogram.3 AS negatives
    FROM (
      SELECT ${WINDOW_GROUP} AS start,
        toFloat64(p.weight) AS w,
        assumeNotNull(ifNull(p.score, p.scores[{positiveClass:String}])) AS raw,
        ${SNAPPED_SCORE} AS snapped,
        if(isNotNull(p.predicted_label), toFloat64(ifNull(p.predicted_label, '') = {positiveClass:String}), toFloat64(raw >= {threshold:Float64})) AS c
      FROM (
        SELECT * FROM predictions FINAL
        WHERE project = {project:String} AND model = {model:String} AND version = {version:String}
          AND environment = {environment:String} AND error = ''
          AND timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
          ${condition.sql}
      ) AS p
      WHERE (isNotNull(p.score) OR mapContains(p.scores, {positiveClass:String})) AND raw >= 0 AND raw <= 1
    )
    GROUP BY start ORDER BY start`,
    row: scoresRow,
  });
  return query(client, { ...parameters, ...condition.parameters });
}
