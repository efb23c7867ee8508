import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { ReferenceEmbedding } from "@leeway/core/records";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand } from "../client/define-query.ts";
import { columnTypes } from "./column-types.ts";
import { refuseMissingColumns } from "./refuse-missing-columns.ts";
import { refuseUnreadableRows } from "./refuse-unreadable-rows.ts";
import { createStage, dropStage, STAGING_SETTINGS, stageUpload } from "./stage-upload.ts";
import { stagedEmbeddings } from "./staged-embeddings.ts";
import { stagedRowsSql } from "./staged-rows-sql.ts";
import { tableColumns } from "./table-columns.ts";
import type { Upload } from "./upload.ts";

/**
 * insertUpload reads an uploaded table in the engine, finds the types of its columns, stores its rows under the reference's id and returns its embeddings.
 * Nothing is stored of a table in which anything can't be read.
 */
export async function insertUpload(
  client: ClickHouseClient,
  project: string,
  upload: Upload,
  now: number,
): Promise<ReferenceEmbedding[]> {
  const { id, format, mapping, body } = upload;
  const folder = await mkdtemp(join(tmpdir(), "leeway-upload-"));
  const table = `reference_upload_${randomUUID().replaceAll("-", "")}`;
  try {
    const path = join(folder, "table");
    await pipeline(body, createWriteStream(path, { mode: 0o600 }));
    const columns = await tableColumns(path, format);
    if (columns !== undefined) refuseMissingColumns(mapping, new Set(columns.texts), new Set(columns.lists));
    await createStage(client, { table });
    await stageUpload(client, table, { path, format, columns, mapping });
    await refuseUnreadableRows(client, table, mapping);
    const types = await columnTypes(client, table, mapping);
    const embeddings = await stagedEmbeddings(client, table, mapping);
    if (columns === undefined) {
      const found = [...types.numeric, ...types.categorical, ...types.boolean];
      refuseMissingColumns(mapping, new Set(found), new Set(Object.values(mapping.embeddings ?? {})));
    }
    const { sql, parameters } = stagedRowsSql({ project, referenceId: id, table, mapping, types, now });
    await defineCommand({
      name: "reference_rows_from_upload",
      sql,
      settings: { insert_deduplicate: 0, ...STAGING_SETTINGS },
    })(client, parameters);
    return embeddings;
  } finally {
    await dropStage(client, { table });
    await rm(folder, { recursive: true, force: true });
  }
}
