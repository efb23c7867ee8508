import { type BatchAnswer, batchAnswerSchema, rejectionSchema } from "@leeway/core/wire";
import { z } from "zod";
import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { defineQuery } from "../../client/define-query.ts";
import { LOOKUP_PATIENCE_MS } from "../keys/lookup-patience.ts";
import { readCarriedRecord } from "./carried-record.ts";

/** FoundBatch is a batch that was used before: its content by hash, and how it was answered. */
export interface FoundBatch {
  contentHash: string;
  answer: BatchAnswer;
}

const recordedBatch = defineQuery({
  name: "stored_batch",
  patienceMs: LOOKUP_PATIENCE_MS,
  sql: `SELECT content_hash, accepted, duplicate, rejected, toUnixTimestamp64Milli(received_at) AS received FROM batches
        WHERE project = {project:String} AND kind = {kind:String} AND batch_id = {batch_id:String}
        ORDER BY received_at LIMIT 1`,
  row: z.object({
    content_hash: z.string(),
    accepted: z.number(),
    duplicate: z.number(),
    rejected: z.string(),
    received: z.coerce.number(),
  }),
  parameters: {} as { project: string; kind: string; batch_id: string },
});

const carriedBatch = defineQuery({
  name: "carried_batch",
  patienceMs: LOOKUP_PATIENCE_MS,
  sql: `SELECT batch_record, toUnixTimestamp64Milli(received_at) AS received FROM predictions
        WHERE project = {project:String} AND batch_id = {batch_id:String}
        ORDER BY received_at LIMIT 1`,
  row: z.object({ batch_record: z.string(), received: z.coerce.number() }),
  parameters: {} as { project: string; batch_id: string },
});

/**
 * findBatch returns what is known of a batch id that was used before, or undefined. A batch has its record beside its events, or on the last of its
 * predictions; one that was written twice after a failure has two, and the first stands.
 */
export async function findBatch(
  client: ClickHouseClient,
  project: string,
  kind: string,
  batchId: string,
): Promise<FoundBatch | undefined> {
  const [[recorded], [carried]] = await Promise.all([
    recordedBatch(client, { project, kind, batch_id: batchId }),
    kind === "predictions" ? carriedBatch(client, { project, batch_id: batchId }) : [],
  ]);
  if (carried !== undefined && carried.received <= (recorded?.received ?? Number.POSITIVE_INFINITY))
    return readCarriedRecord(carried.batch_record);
  if (recorded === undefined) return undefined;
  const rejected = z.array(rejectionSchema).parse(JSON.parse(recorded.rejected));
  const { accepted, duplicate, content_hash: contentHash } = recorded;
  return { contentHash, answer: batchAnswerSchema.parse({ accepted, duplicate, rejected }) };
}
