import type { ClickHouseClient } from "../../client/clickhouse.ts";
import type { KeyIndex } from "../keys/key-index.ts";
import { KEY_SOURCES, type KeySource } from "../keys/load-keys.ts";
import { streamRows } from "../keys/stream-rows.ts";
import { type Rivals, readRivals } from "./read-rivals.ts";

/** ReplicaLessons is what is to be learned of rows that other processes wrote, and who learns of a prediction that this process took too. */
export interface ReplicaLessons {
  /** Rows received at or after this moment are looked at, epoch milliseconds. */
  since: number;
  predictions: KeyIndex;
  batches: KeyIndex;
  /** Learns of a prediction that this process acknowledged after another had stored it with another payload. */
  onConflict: (conflict: Pick<Rivals, "project" | "model" | "id">) => void;
}

/** learnFromReplicas adds the predictions and batches that were stored lately to the indexes, whoever stored them: from then on a repetition or a conflict is seen here. */
export async function learnFromReplicas(client: ClickHouseClient, lessons: ReplicaLessons): Promise<void> {
  const { since, predictions, batches, onConflict } = lessons;
  const disputed = new Set<bigint>();
  await streamRows(client, lately("predictions", "payload_hash", since), (bytes, at) => {
    const [low, high] = [bytes.readInt32LE(at), bytes.readInt32LE(at + 4)];
    const [payloadLow, payloadHigh] = [bytes.readInt32LE(at + 12), bytes.readInt32LE(at + 16)];
    const time = bytes.readUInt32LE(at + 8) * 1_000;
    if (predictions.learn(low, high, payloadLow, payloadHigh, time) === "other")
      disputed.add(bytes.readBigUInt64LE(at));
  });
  for (const source of ["batches", "carriedBatches"] as const) {
    await streamRows(client, lately(source, "toUInt64(0)", since), (bytes, at) => {
      batches.learn(bytes.readInt32LE(at), bytes.readInt32LE(at + 4), 0, 0, 0);
    });
  }
  if (disputed.size === 0) return;
  for (const [key, { payloads, ...prediction }] of await readRivals(client, [...disputed], since)) {
    const [first] = payloads;
    if (first === undefined) continue;
    const [low, high] = halves(key);
    const [payloadLow, payloadHigh] = halves(first);
    if (predictions.learn(low, high, payloadLow, payloadHigh, 0) !== "other") continue;
    onConflict(prediction);
    predictions.correct(low, high, payloadLow, payloadHigh);
  }
}

function lately(source: "predictions" | "batches" | "carriedBatches", payload: string, since: number) {
  const { table, where = "1", low, high, time }: KeySource = KEY_SOURCES[source];
  return {
    name: `learn_keys_${source}`,
    sql: `SELECT ${low}, ${high}, toUInt32(toUnixTimestamp(${time})), ${payload} FROM ${table}
          WHERE ${where} AND received_at >= fromUnixTimestamp64Milli({since:Int64})`,
    parameters: { since },
    rowBytes: 20,
  };
}

function halves(whole: bigint): [low: number, high: number] {
  return [Number(whole & 0xffff_ffffn) | 0, Number(whole >> 32n) | 0];
}
