import type { ClickHouseSettings } from "@clickhouse/client";
import type { z } from "zod";
import type { ClickHouseClient } from "./clickhouse.ts";
import { parseRows, readLine } from "./parse-rows.ts";
import type { QueryParameter } from "./query-parameter.ts";
import { toStoreError } from "./store-error.ts";

/** QueryDefinition declares a query once: its name (found again in ClickHouse's query log), its SQL with bound parameters, and the shape of its rows. */
export interface QueryDefinition<Parameters extends Record<string, QueryParameter>, Row extends z.ZodType> {
  name: string;
  sql: string;
  row: Row;
  settings?: ClickHouseSettings;
  /** How long somebody waits for the answer, milliseconds; then the store counts as away. Absent: as long as the client does. */
  patienceMs?: number;
  /** Only names the type of the parameters. */
  parameters?: Parameters;
}

/** A declared query: parameters in, parsed rows out. */
export type Query<Parameters, Row> = (client: ClickHouseClient, parameters: Parameters) => Promise<Row[]>;

/** defineQuery returns the typed function of a query definition. Rows that do not parse are a defect and thrown as `internal`: waiting would not help. */
export function defineQuery<Parameters extends Record<string, QueryParameter>, Row extends z.ZodType>(
  definition: QueryDefinition<Parameters, Row>,
): Query<Parameters, z.output<Row>> {
  return async (client, parameters) => {
    const rows = await ask(client, parameters);
    return parseRows(definition, rows, parameters);
  };

  async function ask(client: ClickHouseClient, parameters: Parameters): Promise<unknown[]> {
    try {
      const result = await client.query({
        query: definition.sql,
        query_params: parameters,
        format: "JSONEachRow",
        ...(definition.patienceMs === undefined
          ? {}
          : { abort_signal: AbortSignal.timeout(definition.patienceMs) }),
        clickhouse_settings: { log_comment: definition.name, ...definition.settings },
      });
      const rows: unknown[] = [];
      for await (const lines of result.stream()) for (const { text } of lines) rows.push(readLine(text));
      return rows;
    } catch (error) {
      throw toStoreError(error, definition.name, parameters);
    }
  }
}

/** CommandDefinition declares a statement that returns no rows. */
export interface CommandDefinition<Parameters extends Record<string, QueryParameter>> {
  name: string;
  sql: string;
  settings?: ClickHouseSettings;
  parameters?: Parameters;
}

/** defineCommand returns the typed function of a statement that returns no rows (`INSERT … SELECT`). */
export function defineCommand<Parameters extends Record<string, QueryParameter>>(
  definition: CommandDefinition<Parameters>,
): (client: ClickHouseClient, parameters: Parameters) => Promise<void> {
  return async (client, parameters) => {
    try {
      await client.command({
        query: definition.sql,
        query_params: parameters,
        clickhouse_settings: { log_comment: definition.name, ...definition.settings },
      });
    } catch (error) {
      throw toStoreError(error, definition.name, parameters);
    }
  };
}
