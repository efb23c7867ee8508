import { type ClickHouseClient, ClickHouseLogLevel, createClient } from "@clickhouse/client";

/** How to reach ClickHouse; `url` may carry user and password. */
export interface ClickHouseOptions {
  url: string;
  database: string;
  username?: string;
  password?: string;
  /** Name of the cluster whose nodes all get the tables, replicated; absent: a single node. */
  cluster?: string;
}

export type { ClickHouseClient };

// Recomputing a large hour may take this long on a busy machine.
const REQUEST_TIMEOUT_MS = 180_000;

/** createClickHouse returns a client of `database`: UTC, settings that make a repeated insert a no-op, 64-bit integers as strings only where asked. */
export function createClickHouse(options: ClickHouseOptions): ClickHouseClient {
  return createClient({
    url: options.url,
    database: options.database,
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(options.password === undefined ? {} : { password: options.password }),
    application: "leeway",
    // Every failure is thrown, with its cause: printed as well, it would be reported twice.
    log: { level: ClickHouseLogLevel.OFF },
    request_timeout: REQUEST_TIMEOUT_MS,
    max_open_connections: 16,
    // Long parameters (the bins of many features) do not fit into a URL.
    use_multipart_params_auto: true,
    clickhouse_settings: {
      session_timezone: "UTC",
      deduplicate_blocks_in_dependent_materialized_views: 1,
      // Bound parameters count as part of a statement, and one may hold the bins of hundreds of features or thousands of ids.
      max_query_size: "67108864",
      // One insert may hold a decade of months, each a partition: a history that is sent or counted at once.
      max_partitions_per_insert_block: "0",
      output_format_json_quote_64bit_integers: 0,
      output_format_json_quote_denormals: 1,
      // The fast way of reading decimals is off by one unit in the last place now and then.
      precise_float_parsing: 1,
    },
  });
}
