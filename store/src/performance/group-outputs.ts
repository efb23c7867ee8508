import { LARGEST_VALUE, type LossSums } from "@leeway/core/performance";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { RowSource } from "../profiles/row-source.ts";
import { lossSums } from "./columns.ts";

const outputRow = z.object({ index: z.coerce.number(), outputs: lossSums });

/**
 * groupOutputs returns the sums of the outputs (scores, predicted values) of `rows`, labels or not, by the SQL `group`; outputs beyond what a model
 * predicts are left out, as they are with labels, and so are groups without one.
 */
export async function groupOutputs(
  client: ClickHouseClient,
  rows: RowSource,
  group: string,
  parameters: RowSource["parameters"],
): Promise<ReadonlyMap<number, LossSums>> {
  const groups = await defineQuery({
    name: "performance_breakdown_outputs",
    sql: `SELECT toInt64(${group}) AS index, [sum(w), sum(w * value), sum(w * value * value)] AS outputs
      FROM (SELECT w, tags, strings, booleans, numbers, assumeNotNull(output) AS value FROM ${rows.sql} WHERE abs(ifNull(output, nan)) <= ${LARGEST_VALUE})
      GROUP BY index`,
    row: outputRow,
  })(client, { ...parameters, ...rows.parameters });
  return new Map(groups.map(({ index, outputs }) => [index, outputs]));
}
