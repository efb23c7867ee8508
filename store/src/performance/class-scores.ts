import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { QueryParameter } from "../client/query-parameter.ts";
import type { SegmentCondition } from "../segments/segment-condition.ts";
import { WINDOW_GROUP } from "./labelled-rows.ts";
import { SNAPPED_SCORE } from "./unlabelled-scores.ts";

const classScoresRow = z
  .object({
    start: z.coerce.number(),
    name: z.string(),
    keys: z.array(z.number()),
    positives: z.array(z.number()),
    negatives: z.array(z.number()),
  })
  .transform(({ start, name, keys, positives, negatives }) => ({
    start,
    name,
    scores: { scores: keys, predictedPositive: positives, predictedNegative: negatives },
  }));

/** ClassScoreWindow is one class in one window: predictions by its score, and whether it was the predicted class, labels or not. */
export type ClassScoreWindow = z.output<typeof classScoresRow>;

/** classScores returns, per window and class, how many predictions of a multiclass model had which score of that class (snapped). */
export function classScores(
  client: ClickHouseClient,
  condition: SegmentCondition,
  parameters: Record<string, QueryParameter>,
): Promise<ClassScoreWindow[]> {
  const query = defineQuery<Record<string, QueryParameter>, typeof classScoresRow>({
    name: "performance_class_scores",
    sql: `SELECT start, name, sumMap([${SNAPPED_SCORE}], [w * (name = c)], [w * (name != c)]) AS histogram,
      histogram.1 AS keys, histogram.2 AS positives, histogram.3 AS negatives
    FROM (
      SELECT ${WINDOW_GROUP} AS start, toFloat64(weight) AS w,
        toString(ifNull(predicted_label, arraySort((k, v) -> -v, mapKeys(scores), mapValues(scores))[1])) AS c,
        toString(arrayJoin(mapKeys(scores)) AS k) AS name, scores[k] AS raw
      FROM predictions FINAL
      WHERE project = {project:String} AND model = {model:String} AND version = {version:String}
        AND environment = {environment:String} AND error = ''
        AND timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
        AND arrayAll(v -> v >= 0 AND v <= 1, mapValues(scores)) ${condition.sql}
    )
    GROUP BY start, name ORDER BY start, name`,
    row: classScoresRow,
  });
  return query(client, { ...parameters, ...condition.parameters });
}
