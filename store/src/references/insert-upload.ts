import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { ReferenceEmbedding } from "@leeway/core/records";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand } from "../client/define-query.ts";
import { refuseColumnNames, refuseTooManyFeatures } from "./column-names.ts";
import { type ColumnTypes, columnTypes } from "./column-types.ts";
import { findInvalidRows, type InvalidCells } from "./find-invalid-rows.ts";
import { invalidUpload } from "./invalid-upload.ts";
import { type LeftOutColumn, leftOutColumns } from "./left-out-columns.ts";
import { writeNdjsonRows } from "./ndjson-rows.ts";
import { refuseMissingColumns, refuseNestedColumns } from "./refuse-columns.ts";
import { writeCsvRows } from "./rows-file.ts";
import { createStage, dropStage, STAGING_SETTINGS, type StagedFile, stageFile } from "./stage-upload.ts";
import { stagedEmbeddings } from "./staged-embeddings.ts";
import { stagedRowsSql } from "./staged-rows-sql.ts";
import { parquetColumns } from "./table-columns.ts";
import type { Upload } from "./upload.ts";
import { mappedColumns, type UploadMapping } from "./upload-mapping.ts";

/** InsertedUpload is what became of a table besides its features. */
export interface InsertedUpload {
  embeddings: ReferenceEmbedding[];
  /** Columns that are no features though nothing was said of them. */
  leftOut: LeftOutColumn[];
  /** Rows that were left out, as the mapping allows. */
  invalid: InvalidCells[];
}

/**
 * insertUpload reads an uploaded table, finds the types of its columns and stores its rows under the reference's id. Nothing is stored of a table in which more cannot be
 * read than its mapping allows.
 */
export async function insertUpload(
  client: ClickHouseClient,
  project: string,
  upload: Upload,
  now: number,
): Promise<InsertedUpload> {
  const folder = await mkdtemp(join(tmpdir(), "leeway-upload-"));
  const table = `reference_upload_${randomUUID().replaceAll("-", "")}`;
  try {
    const laidDown = await layDown(upload, join(folder, "table"));
    const { names, leftOut } = laidDown;
    const ignored = leftOut.map(({ column }) => column).filter((column) => column !== "");
    const mapping = { ...upload.mapping, ignore: [...(upload.mapping.ignore ?? []), ...ignored] };
    refuseTooManyFeatures(featuresOf(names, mapping).length);
    await createStage(client, { table });
    await stageFile(client, table, laidDown.file, mapping);
    const invalid = await findInvalidRows(client, table, mapping, now);
    const types = await columnTypes(client, table, mapping);
    refuseEmptyColumns(mapping, types);
    const embeddings = await stagedEmbeddings(client, table, mapping);
    const { sql, parameters } = stagedRowsSql({
      project,
      referenceId: upload.id,
      table,
      mapping,
      types,
      now,
    });
    await defineCommand({
      name: "reference_rows_from_upload",
      sql,
      settings: { insert_deduplicate: 0, ...STAGING_SETTINGS },
    })(client, parameters);
    return { embeddings, leftOut, invalid };
  } finally {
    await dropStage(client, { table });
    await rm(folder, { recursive: true, force: true });
  }
}

interface LaidDown {
  file: StagedFile;
  /** The columns that may be features. */
  names: readonly string[];
  leftOut: LeftOutColumn[];
}

/** layDown writes an upload to `path` in a form that the engine reads, and refuses what its columns alone show to be wrong. */
async function layDown({ format, mapping, body }: Upload, path: string): Promise<LaidDown> {
  switch (format) {
    case "csv": {
      const { columns, unnamed } = await writeCsvRows(body, path, (names, header) => {
        refuseColumnNames(names);
        refuseMissingColumns(mapping, new Set(names), new Set(), `the first line reads ${header}`);
      });
      const leftOut = leftOutColumns(columns, [], mapping);
      if (unnamed > 0) leftOut.unshift({ column: "", reason: "row_numbers" });
      return { file: { kind: "csv", path, columns }, names: columns, leftOut };
    }
    case "ndjson": {
      const names = await writeNdjsonRows(body, path, mapping);
      refuseMissingColumns(mapping, new Set(names), new Set(Object.values(mapping.embeddings ?? {})));
      return { file: { kind: "rows", path }, names, leftOut: leftOutColumns(names, [], mapping) };
    }
    case "parquet": {
      await pipeline(body, createWriteStream(path, { mode: 0o600 }));
      const columns = await parquetColumns(path);
      const { texts, lists, nested, indexes } = columns;
      refuseColumnNames([...texts, ...lists, ...nested]);
      refuseMissingColumns(mapping, new Set(texts), new Set(lists));
      refuseNestedColumns(mapping, lists, nested);
      return {
        file: { kind: "parquet", path, columns },
        names: texts,
        leftOut: leftOutColumns(texts, indexes, mapping),
      };
    }
    default:
      return format satisfies never;
  }
}

function featuresOf(names: readonly string[], mapping: UploadMapping): string[] {
  const mapped = new Set(mappedColumns(mapping));
  return names.filter((name) => !mapped.has(name) && (mapping.features?.includes(name) ?? true));
}

// A mapped column of which nothing can be read says that the wrong one was named, or that its missing values are all that it holds.
function refuseEmptyColumns(mapping: UploadMapping, { empty }: ColumnTypes): void {
  const { label, label_value, predicted_label, score, predicted_value } = mapping;
  const problems = Object.entries({ label, label_value, predicted_label, score, predicted_value }).flatMap(
    ([meaning, column]) =>
      column !== undefined && empty.has(column)
        ? [{ path: column, message: `no row holds a ${meaning}: every value of the column is missing` }]
        : [],
  );
  if (problems.length > 0) throw invalidUpload(problems);
}
