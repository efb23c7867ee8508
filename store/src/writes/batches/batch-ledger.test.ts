import type { BatchAnswer } from "@leeway/core/wire";
import { describe, expect, it } from "vitest";
import { KeyIndex } from "../keys/key-index.ts";
import type { BatchRecord } from "./batch-block.ts";
import { BatchLedger } from "./batch-ledger.ts";

function create(database: BatchRecord[] = []) {
  const state = { lookups: 0 };
  const create = () =>
    new BatchLedger({
      index: new KeyIndex({ recentKeys: 16, filterKeys: 1_000 }),
      find: async ({ batchId }) => {
        state.lookups++;
        return database.find((record) => record.batchId === batchId);
      },
      record: async (record) => {
        database.push(record);
      },
    });
  return { ledger: create(), database, state };
}

const id = (batchId: string, contentHash: string) => ({
  project: "p",
  kind: "predictions",
  batchId,
  contentHash,
});
const ANSWER: BatchAnswer = { accepted: 3, duplicate: 0, rejected: [] };

describe("the batch ledger", () => {
  it("writes a batch once and answers its repeats with the first answer", async () => {
    const { ledger, database, state } = create();
    let writes = 0;
    const write = async () => {
      writes++;
      return ANSWER;
    };
    const answers = await Promise.all([ledger.run(id("b1", "x"), write), ledger.run(id("b1", "x"), write)]);
    expect(answers).toEqual([ANSWER, ANSWER]);
    expect(await ledger.run(id("b1", "x"), write)).toEqual(ANSWER);
    expect(writes).toBe(1);
    expect(state.lookups).toBe(0);
    expect(database).toHaveLength(1);
  });

  it("refuses other content under a used id, also while the first is on its way", async () => {
    const { ledger } = create();
    const first = ledger.run(id("b1", "x"), async () => ANSWER);
    await expect(ledger.run(id("b1", "y"), async () => ANSWER)).rejects.toMatchObject({
      code: "batch_id_reused",
    });
    await first;
    await expect(ledger.run(id("b1", "y"), async () => ANSWER)).rejects.toMatchObject({
      code: "batch_id_reused",
    });
  });

  it("forgets a batch that failed, so that it can be sent again", async () => {
    const { ledger, database } = create();
    await expect(ledger.run(id("b1", "x"), () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(database).toEqual([]);
    expect(await ledger.run(id("b1", "x"), async () => ANSWER)).toEqual(ANSWER);
  });
});
