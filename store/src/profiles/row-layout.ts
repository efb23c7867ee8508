import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { QueryParameter } from "../client/query-parameter.ts";
import type { RowSource } from "./row-source.ts";

/** RowLayout is the names of a row's numbers in the order in which it holds them. */
export type RowLayout = readonly string[];

const namesRow = z.object({ names: z.array(z.string()) });
const oddRow = z.object({ odd: z.number() });

/** commonLayout returns the layout that all rows of a source share, as those of one client do which always sends every feature; undefined where they differ. */
export async function commonLayout(
  client: ClickHouseClient,
  source: RowSource,
): Promise<RowLayout | undefined> {
  const [first] = await defineQuery<Record<string, QueryParameter>, typeof namesRow>({
    name: "profiles_row_layout",
    sql: `SELECT number_names AS names FROM ${source.sql} LIMIT 1`,
    row: namesRow,
  })(client, source.parameters);
  if (first === undefined) return undefined;
  const odd = await defineQuery<Record<string, QueryParameter>, typeof oddRow>({
    name: "profiles_odd_layout",
    sql: `SELECT 1 AS odd FROM ${source.sql} WHERE NOT ${HAS_LAYOUT} LIMIT 1`,
    row: oddRow,
  })(client, { ...source.parameters, layout: first.names });
  return odd.length === 0 ? first.names : undefined;
}

/** HAS_LAYOUT is the SQL condition of rows that have the layout bound as `layout`. */
export const HAS_LAYOUT = "(number_names = {layout:Array(String)})";
