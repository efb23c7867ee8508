import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ClickHouseError } from "@clickhouse/client";
import { LeewayError } from "@leeway/core/errors";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand } from "../client/define-query.ts";
import { toStoreError } from "../client/store-error.ts";
import { columnTypes } from "./column-types.ts";
import type { Upload } from "./references.ts";
import { stagedRowsSql } from "./staged-rows-sql.ts";
import { tableColumns } from "./table-columns.ts";
import { mappedColumns, type UploadFormat } from "./upload-mapping.ts";

const ENGINE_FORMATS: Record<UploadFormat, string> = {
  csv: "CSVWithNames",
  ndjson: "JSONAsString",
  parquet: "Parquet",
};

// ClickHouse's codes for rows that can't be read: they are the user's, not the store's.
const UNREADABLE = new Set(["6", "26", "27", "33", "36", "53", "72", "117", "636"]);

/** insertUpload reads an uploaded table in the engine, finds the types of its columns and stores its rows under the reference's id. */
export async function insertUpload(
  client: ClickHouseClient,
  project: string,
  upload: Upload,
  now: number,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "leeway-upload-"));
  const table = `reference_upload_${randomUUID().replaceAll("-", "")}`;
  try {
    const path = join(folder, "table");
    await pipeline(upload.body, createWriteStream(path, { mode: 0o600 }));
    const columns = await tableColumns(path, upload.format);
    await createStage(client, { table });
    await stage(client, table, upload.format, path, columns);
    const types = await columnTypes(client, table, upload.mapping);
    const known = new Set([...types.numeric, ...types.categorical, ...types.boolean]);
    const wanted = [...mappedColumns(upload.mapping), ...(upload.mapping.features ?? [])];
    const missing = wanted.filter(
      (name) => !known.has(name) && !(upload.mapping.ignore ?? []).includes(name),
    );
    if (missing.length > 0) {
      throw new LeewayError("invalid_request", `the table has no column ${missing.join(", ")}`, {
        problems: missing.map((name) => ({ path: `mapping`, message: `no column is named "${name}"` })),
      });
    }
    const { sql, parameters } = stagedRowsSql({
      project,
      referenceId: upload.id,
      table,
      mapping: upload.mapping,
      types,
      now,
    });
    await defineCommand({ name: "reference_rows_from_upload", sql, settings: { insert_deduplicate: 0 } })(
      client,
      parameters,
    );
  } finally {
    await dropStage(client, { table });
    await rm(folder, { recursive: true, force: true });
  }
}

const createStage = defineCommand<{ table: string }>({
  name: "reference_stage_create",
  sql: `CREATE TABLE {table:Identifier} (row Map(LowCardinality(String), Nullable(String)), quoted Array(LowCardinality(String)))
    ENGINE = MergeTree ORDER BY tuple()`,
});

const dropStage = defineCommand<{ table: string }>({
  name: "reference_stage_drop",
  sql: "DROP TABLE IF EXISTS {table:Identifier} SYNC",
});

async function stage(
  client: ClickHouseClient,
  table: string,
  format: UploadFormat,
  path: string,
  columns: readonly string[] | undefined,
): Promise<void> {
  try {
    const { stream } = await client.exec({
      query: stageSql(table, columns, ENGINE_FORMATS[format]),
      values: Readable.from(createReadStream(path), { objectMode: false }),
      clickhouse_settings: { log_comment: "reference_stage", input_format_parallel_parsing: 0 },
    });
    stream.resume();
  } catch (error) {
    if (error instanceof ClickHouseError && UNREADABLE.has(error.code)) {
      throw new LeewayError(
        "invalid_request",
        `the ${format} can't be read: ${error.message.slice(0, 300)}`,
        {
          cause: error,
        },
      );
    }
    throw toStoreError(error, "reference_stage");
  }
}

/** stageSql returns the INSERT that turns rows of any format into maps from column to text; empty texts are missing. */
export function stageSql(
  table: string,
  columns: readonly string[] | undefined,
  engineFormat: string,
): string {
  if (columns === undefined) {
    return `INSERT INTO ${table} (row, quoted)
      SELECT mapFromArrays(arrayMap(pair -> pair.1, pairs),
          arrayMap(pair -> if(pair.2 = 'null', NULL, if(startsWith(pair.2, '"'), JSONExtractString(pair.2), pair.2)), pairs)),
        arrayMap(pair -> pair.1, arrayFilter(pair -> startsWith(pair.2, '"'), pairs))
      FROM (SELECT JSONExtractKeysAndValuesRaw(line) AS pairs FROM input('line String')) FORMAT ${engineFormat}`;
  }
  const structure = columns.map((name) => `${quoted(name, "`")} Nullable(String)`).join(", ");
  const names = columns.map((name) => quoted(name, "'")).join(", ");
  const values = columns.map((name) => `nullIf(${quoted(name, "`")}, '')`).join(", ");
  return `INSERT INTO ${table} (row, quoted)
    SELECT mapFromArrays([${names}], [${values}]), [] FROM input(${quoted(structure, "'")}) FORMAT ${engineFormat}`;
}

// Column names are the user's: they can't be bound where a structure is declared.
function quoted(text: string, quote: "'" | "`"): string {
  return `${quote}${text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)}${quote}`;
}
