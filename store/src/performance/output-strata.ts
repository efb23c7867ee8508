import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { QueryParameter } from "../client/query-parameter.ts";
import type { SegmentCondition } from "../segments/segment-condition.ts";
import { productionRows, WINDOW_GROUP } from "./labelled-rows.ts";

const strataRow = z.object({
  start: z.coerce.number(),
  predictions: z.array(z.coerce.number()),
  labelled: z.array(z.coerce.number()),
});

/** OutputStrata is one window of a regressor's predictions by tenths of the outputs of all windows asked for: all of them, and those with a label. */
export type OutputStrata = z.output<typeof strataRow>;

/** outputStrata returns, per window, how many of a regressor's predictions lie in each tenth of its outputs over all of them, and how many of those have a label. */
export function outputStrata(
  client: ClickHouseClient,
  condition: SegmentCondition,
  parameters: Record<string, QueryParameter>,
): Promise<OutputStrata[]> {
  const { rows } = productionRows("regression", WINDOW_GROUP, condition);
  const query = defineQuery<Record<string, QueryParameter>, typeof strataRow>({
    name: "performance_output_strata",
    sql: `WITH (
        SELECT quantilesTDigest(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)(assumeNotNull(predicted_value)) FROM predictions
        WHERE project = {project:String} AND model = {model:String} AND version = {version:String} AND environment = {environment:String}
          AND timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
          AND error = '' AND isNotNull(predicted_value) ${condition.sql}
      ) AS tenths
      SELECT start, sumForEach(arrayMap(i -> toFloat64(i = stratum), range(10))) AS predictions,
        sumForEach(arrayMap(i -> toFloat64(i = stratum AND is_labelled), range(10))) AS labelled
      FROM (
        SELECT start, arrayCount(edge -> assumeNotNull(predicted_value) > edge, tenths) AS stratum, isNotNull(label_value) AS is_labelled
        FROM ${rows} WHERE isNotNull(predicted_value)
      )
      GROUP BY start ORDER BY start`,
    row: strataRow,
  });
  return query(client, { ...parameters, ...condition.parameters });
}
