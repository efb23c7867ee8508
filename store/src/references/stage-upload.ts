import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { ClickHouseError, type ClickHouseSettings } from "@clickhouse/client";
import type { LeewayError } from "@leeway/core/errors";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand } from "../client/define-query.ts";
import { errorWords } from "../client/error-words.ts";
import type { QueryParameter } from "../client/query-parameter.ts";
import { toStoreError } from "../client/store-error.ts";
import { invalidUpload } from "./invalid-upload.ts";
import type { TableColumns } from "./table-columns.ts";
import { embeddingColumns, type UploadMapping } from "./upload-mapping.ts";

/** STAGING_SETTINGS keep the rows in their order, and blocks of vectors small: a row may hold several of 16 kB. Statements name every column. */
export const STAGING_SETTINGS: ClickHouseSettings = {
  max_threads: 1,
  max_block_size: "4096",
  min_insert_block_size_bytes: "67108864",
  max_query_size: "67108864",
};

/** What reading a file may take: a broken one may claim to hold far more than it does. */
const READING_SETTINGS: ClickHouseSettings = {
  max_memory_usage: String(3 * 1024 ** 3),
  max_execution_time: 150,
  input_format_parallel_parsing: 0,
};
const TOO_MUCH_FOR_ONE = new Set(["159", "241"]);
const ONE_STATEMENT = /\(for query\)|[Qq]uery memory limit|Timeout exceeded/;

/** createStage makes the table that an upload is read into: every row's place (from 1), its columns as texts, its vectors, and what JSON says of its texts. */
export const createStage = defineCommand<{ table: string }>({
  name: "reference_stage_create",
  sql: `CREATE TABLE {table:Identifier} (place UInt64, row Map(LowCardinality(String), Nullable(String)),
      quoted Array(LowCardinality(String)), nested Array(LowCardinality(String)), vectors Map(LowCardinality(String), Array(Float32)))
    ENGINE = MergeTree ORDER BY tuple()`,
});

/** dropStage removes it. */
export const dropStage = defineCommand<{ table: string }>({
  name: "reference_stage_drop",
  sql: "DROP TABLE IF EXISTS {table:Identifier} SYNC",
});

/** StagedFile is an upload as a file that the engine reads: rows of a CSV by place, a Parquet by name, or rows as the table takes them. */
export type StagedFile =
  | { kind: "csv"; path: string; columns: readonly string[] }
  | { kind: "parquet"; path: string; columns: TableColumns }
  | { kind: "rows"; path: string };

/** stageFile reads a file into its table. A file that the engine can't read is `invalid_request`; only a store that is away or busy is the store's own trouble. */
export async function stageFile(
  client: ClickHouseClient,
  table: string,
  file: StagedFile,
  mapping: UploadMapping,
): Promise<void> {
  const { query, parameters } = stageStatement(table, file, mapping);
  try {
    const { stream } = await client.exec({
      query,
      query_params: parameters,
      values: Readable.from(createReadStream(file.path), { objectMode: false }),
      clickhouse_settings: { log_comment: "reference_stage", ...STAGING_SETTINGS, ...READING_SETTINGS },
    });
    stream.resume();
  } catch (error) {
    throw stagingError(error, file.kind);
  }
}

function stagingError(error: unknown, kind: StagedFile["kind"]): LeewayError {
  const storeError = toStoreError(error, "reference_stage");
  if (!(error instanceof ClickHouseError)) return storeError;
  const isFile =
    storeError.code === "internal" ||
    (kind === "parquet" && TOO_MUCH_FOR_ONE.has(error.code) && ONE_STATEMENT.test(error.message));
  if (!isFile) return storeError;
  const why = kind === "parquet" ? `: ${firstLine(error.message)}` : "";
  return invalidUpload([{ path: "body", message: `the table cannot be read${why}` }], error);
}

// What follows the first words says where the engine keeps the file, or quotes what it read.
function firstLine(message: string): string {
  const [line = ""] = errorWords(message).split(
    /\n|\s*:\s*\(in file|\(in file|: ?While executing|Stack trace/,
  );
  return line
    .replaceAll(/"[^"]*"/g, '"…"')
    .slice(0, 200)
    .trim();
}

const VECTORS = "Map(LowCardinality(String), Array(Float32))";

function stageStatement(
  table: string,
  file: StagedFile,
  mapping: UploadMapping,
): { query: string; parameters: Record<string, QueryParameter> } {
  const insert = `INSERT INTO ${table} (place, row, quoted, nested, vectors)`;
  switch (file.kind) {
    case "rows":
      return { query: `${insert} FORMAT JSONEachRow`, parameters: {} };
    case "csv": {
      const cells = new Map(file.columns.map((name, at) => [name, `c${at}`]));
      const { sql, names } = selectSql(cells, new Map(), mapping);
      return { query: `${insert} ${sql} FORMAT TabSeparated`, parameters: { names } };
    }
    case "parquet": {
      const { texts, lists } = file.columns;
      const wanted = new Set(embeddingColumns(mapping));
      const identifiers = (names: readonly string[]) =>
        new Map(names.map((name) => [name, quoted(name, "`")]));
      const vectors = identifiers(lists.filter((name) => wanted.has(name)));
      const { sql, names } = selectSql(identifiers(texts), vectors, mapping);
      return { query: `${insert} ${sql} FORMAT Parquet`, parameters: { names } };
    }
    default:
      return file satisfies never;
  }
}

/** selectSql returns the SELECT that makes a row's map of its columns, whose names it binds, and of its vectors. Columns are given by the identifier they are read under. */
function selectSql(
  texts: ReadonlyMap<string, string>,
  lists: ReadonlyMap<string, string>,
  mapping: UploadMapping,
): { sql: string; names: string[] } {
  const vectorColumns = new Set(embeddingColumns(mapping));
  const plain = [...texts].filter(([name]) => !vectorColumns.has(name));
  const structure = [
    ...[...texts.values()].map((cell) => `${cell} Nullable(String)`),
    ...[...lists.values()].map((cell) => `${cell} Array(Nullable(Float32))`),
  ].join(", ");
  const vectorOf = (column: string) => {
    const list = lists.get(column);
    if (list !== undefined) return `arrayMap(x -> ifNull(x, nan), ${list})`;
    return vectorIn(`ifNull(${texts.get(column)}, '')`);
  };
  const sql = `SELECT rowNumberInAllBlocks() + 1,
      mapFromArrays({names:Array(String)}, [${plain.map(([, cell]) => `nullIf(${cell}, '')`).join(", ")}]::Array(Nullable(String))),
      [], [], ${vectorsSql(mapping, vectorOf)}
    FROM input(${quoted(structure, "'")})`;
  return { sql, names: plain.map(([name]) => name) };
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

// Names of columns are the user's, checked by nameSchema: they can't be bound where a structure is declared.
function quoted(text: string, quote: "'" | "`"): string {
  return `${quote}${text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)}${quote}`;
}
