import { z } from "zod";
import { defineQuery } from "../client/define-query.ts";

const outputsRow = z
  .object({
    rows: z.coerce.number(),
    scores: z.coerce.number(),
    values: z.coerce.number(),
    class_scores: z.coerce.number(),
    predicted_classes: z.array(z.string()),
    label_classes: z.array(z.string()),
  })
  .transform((row) => ({
    rows: row.rows,
    withScore: row.scores,
    withValue: row.values,
    withClassScores: row.class_scores,
    classes: [...new Set([...row.predicted_classes, ...row.label_classes])].sort(),
  }));

/** ModelOutputs is what a model's predictions and labels look like: enough to tell what task it has. At most 50 classes are named. */
export type ModelOutputs = z.output<typeof outputsRow>;

/** modelOutputs returns what the first ten thousand predictions and labels of a model hold. */
export const modelOutputs = defineQuery<{ project: string; model: string }, typeof outputsRow>({
  name: "activity_outputs",
  sql: `SELECT count() AS rows, countIf(isNotNull(score)) AS scores, countIf(isNotNull(predicted_value)) AS values,
      countIf(length(class_map) > 1) AS class_scores,
      groupUniqArrayIf(50)(assumeNotNull(predicted), isNotNull(predicted)) AS predicted_classes,
      (SELECT groupUniqArrayIf(50)(assumeNotNull(truth), isNotNull(truth)) FROM (
        SELECT toNullable(toString(l.label)) AS truth FROM labels AS l
        WHERE l.project = {project:String} AND l.model = {model:String} LIMIT 10000)) AS label_classes
    FROM (
      SELECT p.score AS score, p.predicted_value AS predicted_value, p.scores AS class_map, toNullable(toString(p.predicted_label)) AS predicted
      FROM predictions AS p
      WHERE p.project = {project:String} AND p.model = {model:String} LIMIT 10000
    )`,
  row: outputsRow,
});
