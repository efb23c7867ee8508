import type { SeenClass } from "@leeway/core/performance";
import type { Model } from "@leeway/core/records";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";

const classRow = z
  .object({
    name: z.string(),
    first_seen: z.coerce.number(),
    predicted: z.coerce.number(),
    labelled: z.coerce.number(),
    scored: z.coerce.number(),
    score_sum: z.number(),
    score_squares: z.number(),
  })
  .transform(
    (row): SeenClass => ({
      name: row.name,
      firstSeenAt: row.first_seen,
      predicted: row.predicted,
      labelled: row.labelled,
      scored: row.scored,
      scoreSum: row.score_sum,
      scoreSquares: row.score_squares,
    }),
  );

const classesOfSample = defineQuery<{ project: string; model: string }, typeof classRow>({
  name: "activity_seen_classes",
  sql: `SELECT name, min(at) AS first_seen, countIf(is_prediction) AS predicted, countIf(NOT is_prediction) AS labelled,
      countIf(isNotNull(score)) AS scored, ifNull(sum(score), 0) AS score_sum, ifNull(sum(score * score), 0) AS score_squares
    FROM (
      SELECT toString(assumeNotNull(p.predicted_label)) AS name, true AS is_prediction, p.score AS score, toUnixTimestamp64Milli(p.timestamp) AS at
      FROM predictions AS p
      WHERE p.project = {project:String} AND p.model = {model:String} AND isNotNull(p.predicted_label) AND p.error = '' LIMIT 10000
      UNION ALL
      SELECT toString(assumeNotNull(l.label)), false, CAST(NULL AS Nullable(Float64)), toUnixTimestamp64Milli(l.timestamp)
      FROM labels AS l
      WHERE l.project = {project:String} AND l.model = {model:String} AND isNotNull(l.label) LIMIT 10000
    )
    WHERE name != ''
    GROUP BY name ORDER BY predicted + labelled DESC, name LIMIT 200`,
  row: classRow,
});

const carriedRow = z.object({ predicted: z.coerce.number(), labelled: z.coerce.number() });

// A class of one row in a million is in no sample: it is looked for by its name.
const rowsOfClass = defineQuery<{ project: string; model: string; name: string }, typeof carriedRow>({
  name: "activity_rows_of_class",
  sql: `SELECT
      (SELECT count() FROM (SELECT 1 FROM predictions AS p
        WHERE p.project = {project:String} AND p.model = {model:String}
          AND (p.predicted_label = {name:String} OR mapContains(p.scores, {name:String})) LIMIT 1)) AS predicted,
      (SELECT count() FROM (SELECT 1 FROM labels AS l
        WHERE l.project = {project:String} AND l.model = {model:String} AND l.label = {name:String} LIMIT 1)) AS labelled`,
  row: carriedRow,
});

/** seenClasses returns the classes that ten thousand predictions and labels of a model carry, the most frequent first, and its given positive class if any row at all does. */
export async function seenClasses(
  client: ClickHouseClient,
  project: string,
  { model, positive_class: given }: Pick<Model, "model" | "positive_class">,
): Promise<SeenClass[]> {
  const classes = await classesOfSample(client, { project, model });
  if (given === undefined || classes.some(({ name }) => name === given)) return classes;
  const [rows] = await rowsOfClass(client, { project, model, name: given });
  if (rows === undefined || rows.predicted + rows.labelled === 0) return classes;
  const rare = { name: given, firstSeenAt: Number.POSITIVE_INFINITY, ...rows };
  return [...classes, { ...rare, scored: 0, scoreSum: 0, scoreSquares: 0 }];
}
