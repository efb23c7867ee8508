import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { ClickHouseError, type ClickHouseSettings } from "@clickhouse/client";
import { LeewayError } from "@leeway/core/errors";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand } from "../client/define-query.ts";
import { toStoreError } from "../client/store-error.ts";
import type { TableColumns } from "./table-columns.ts";
import { embeddingColumns, type UploadFormat, type UploadMapping } from "./upload-mapping.ts";

const ENGINE_FORMATS: Record<UploadFormat, string> = {
  csv: "CSVWithNames",
  ndjson: "JSONAsString",
  parquet: "Parquet",
};

// ClickHouse's codes for rows that can't be read: they are the user's, not the store's.
const UNREADABLE = new Set(["6", "26", "27", "33", "36", "53", "72", "117", "636"]);

// Behind what was wrong the engine says in which of its files.
const WHERE = /\s*:\s*(\(in file|While executing)[\s\S]*/;

/** STAGING_SETTINGS keep the rows in their order, and blocks of vectors small: a row may hold several of 16 kB. Statements name every column. */
export const STAGING_SETTINGS: ClickHouseSettings = {
  max_threads: 1,
  max_block_size: "4096",
  min_insert_block_size_bytes: "67108864",
  max_query_size: "67108864",
};

/** createStage makes the table that an upload is read into: every row's place (from 1), its columns as texts, its vectors, and what JSON says of its texts. */
export const createStage = defineCommand<{ table: string }>({
  name: "reference_stage_create",
  sql: `CREATE TABLE {table:Identifier} (place UInt64, is_object Bool, row Map(LowCardinality(String), Nullable(String)),
      quoted Array(LowCardinality(String)), nested Array(LowCardinality(String)), vectors Map(LowCardinality(String), Array(Float32)))
    ENGINE = MergeTree ORDER BY tuple()`,
});

/** dropStage removes it. */
export const dropStage = defineCommand<{ table: string }>({
  name: "reference_stage_drop",
  sql: "DROP TABLE IF EXISTS {table:Identifier} SYNC",
});

/** stageUpload reads an uploaded file into its table. A file that the engine can't read is `invalid_request`. */
export async function stageUpload(
  client: ClickHouseClient,
  table: string,
  file: { path: string; format: UploadFormat; columns: TableColumns | undefined; mapping: UploadMapping },
): Promise<void> {
  const { path, format, columns, mapping } = file;
  try {
    const { stream } = await client.exec({
      query: stageSql(table, columns, mapping, ENGINE_FORMATS[format]),
      values: Readable.from(createReadStream(path), { objectMode: false }),
      clickhouse_settings: {
        log_comment: "reference_stage",
        input_format_parallel_parsing: 0,
        ...STAGING_SETTINGS,
      },
    });
    stream.resume();
  } catch (error) {
    if (error instanceof ClickHouseError && UNREADABLE.has(error.code)) {
      throw new LeewayError(
        "invalid_request",
        `the ${format} can't be read: ${error.message.replace(WHERE, "").slice(0, 300)}`,
        { cause: error },
      );
    }
    throw toStoreError(error, "reference_stage");
  }
}

const VECTORS = "Map(LowCardinality(String), Array(Float32))";

// The INSERT that turns rows of any format into their texts and vectors; empty texts are missing, and so are empty lists of a Parquet.
function stageSql(
  table: string,
  columns: TableColumns | undefined,
  mapping: UploadMapping,
  engineFormat: string,
): string {
  const rows = columns === undefined ? objectsSql(mapping) : columnsSql(columns, mapping);
  return `INSERT INTO ${table} (place, is_object, row, quoted, nested, vectors) ${rows} FORMAT ${engineFormat}`;
}

function objectsSql(mapping: UploadMapping): string {
  const columns = embeddingColumns(mapping)
    .map((name) => quoted(name, "'"))
    .join(", ");
  const textOf = (column: string) => `arrayFirst(pair -> pair.1 = ${quoted(column, "'")}, pairs).2`;
  return `SELECT rowNumberInAllBlocks() + 1, isValidJSON(line) AND startsWith(trimLeft(line), '{'),
      mapFromArrays(arrayMap(pair -> pair.1, plain),
        arrayMap(pair -> if(pair.2 = 'null', NULL, if(startsWith(pair.2, '"'), JSONExtractString(pair.2), pair.2)), plain)),
      arrayMap(pair -> pair.1, arrayFilter(pair -> startsWith(pair.2, '"'), plain)),
      arrayMap(pair -> pair.1, arrayFilter(pair -> startsWith(pair.2, '[') OR startsWith(pair.2, '{'), plain)),
      ${vectorsSql(mapping, (column) => vectorIn(textOf(column)))}
    FROM (
      SELECT line, JSONExtractKeysAndValuesRaw(line) AS pairs,
        arrayFilter(pair -> NOT has([${columns}]::Array(String), pair.1), pairs) AS plain
      FROM input('line String')
    )`;
}

function columnsSql({ texts, lists }: TableColumns, mapping: UploadMapping): string {
  const vectorColumns = new Set(embeddingColumns(mapping));
  const structure = [
    ...texts.map((name) => `${quoted(name, "`")} Nullable(String)`),
    ...lists
      .filter((name) => vectorColumns.has(name))
      .map((name) => `${quoted(name, "`")} Array(Nullable(Float32))`),
  ].join(", ");
  const plain = texts.filter((name) => !vectorColumns.has(name));
  const names = plain.map((name) => quoted(name, "'")).join(", ");
  const values = plain.map((name) => `nullIf(${quoted(name, "`")}, '')`).join(", ");
  const vectors = vectorsSql(mapping, (column) =>
    lists.includes(column)
      ? `arrayMap(x -> ifNull(x, nan), ${quoted(column, "`")})`
      : vectorIn(`ifNull(${quoted(column, "`")}, '')`),
  );
  return `SELECT rowNumberInAllBlocks() + 1, true,
      mapFromArrays([${names}]::Array(String), [${values}]::Array(Nullable(String))), [], [], ${vectors}
    FROM input(${quoted(structure, "'")})`;
}

function vectorsSql({ embeddings = {} }: UploadMapping, vectorOf: (column: string) => string): string {
  const entries = Object.entries(embeddings);
  if (entries.length === 0) return `CAST(map(), '${VECTORS}')`;
  const pairs = entries.map(([name, column]) => `${quoted(name, "'")}, ${vectorOf(column)}`);
  return `mapFilter((name, vector) -> notEmpty(vector), CAST(map(${pairs.join(", ")}), '${VECTORS}'))`;
}

// What is no list is a list of one that is no number, and is refused by its row afterwards.
function vectorIn(text: string): string {
  const items = `emptyArrayToSingle(JSONExtractArrayRaw(${text}))`;
  return `if(${text} IN ('', 'null'), [], arrayMap(x -> ifNull(toFloat32OrNull(x), nan), ${items}))`;
}

// Names of columns are the user's: they can't be bound where a structure is declared.
function quoted(text: string, quote: "'" | "`"): string {
  return `${quote}${text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)}${quote}`;
}
