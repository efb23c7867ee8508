import type { BatchAnswer } from "@leeway/core/wire";
import { describe, expect, it } from "vitest";
import { KeyIndex } from "../keys/key-index.ts";
import { murmurHash3 } from "../keys/murmur-hash.ts";
import { xxHash } from "../keys/xx-hash.ts";
import type { BatchRecord } from "./batch-block.ts";
import { BatchLedger, type BatchWork } from "./batch-ledger.ts";

function create(database: BatchRecord[] = []) {
  const state = { lookups: 0, isAlone: true };
  const create = (index: KeyIndex) =>
    new BatchLedger({
      index,
      isAlone: () => state.isAlone,
      find: async ({ batchId }) => {
        state.lookups++;
        return database.find((record) => record.batchId === batchId);
      },
      record: async (record) => {
        database.push(record);
      },
    });
  const emptyIndex = () => new KeyIndex({ recentKeys: 16, filterKeys: 1_000 });
  const restart = () => {
    const index = emptyIndex();
    for (const { project, kind, batchId } of database) {
      const key = `${project}\u0000${kind}\u0000${batchId}`;
      index.load(murmurHash3(key), xxHash(key), 0);
    }
    return create(index);
  };
  return { ledger: create(emptyIndex()), database, state, restart };
}

const id = (batchId: string, contentHash: string) => ({
  project: "default",
  kind: "predictions",
  batchId,
  contentHash,
});
const ANSWER: BatchAnswer = { accepted: 3, duplicate: 0, rejected: [] };
const sent = Promise.resolve();
const workOf = (write: BatchWork["write"]) => ({ admit: async () => undefined, write });
const answering = (answer: BatchAnswer) =>
  workOf(() => ({ early: answer, isCarried: false, sent, done: Promise.resolve(answer) }));

describe("the batch ledger", () => {
  it("writes a batch once and answers its repeats with the first answer", async () => {
    const { ledger, database, state } = create();
    let writes = 0;
    const work = workOf(() => {
      writes++;
      return { early: ANSWER, isCarried: false, sent, done: Promise.resolve(ANSWER) };
    });
    const answers = await Promise.all([ledger.run(id("b1", "x"), work), ledger.run(id("b1", "x"), work)]);
    expect(answers).toEqual([ANSWER, ANSWER]);
    expect(await ledger.run(id("b1", "x"), work)).toEqual(ANSWER);
    expect(writes).toBe(1);
    expect(database).toHaveLength(1);
    expect(state.lookups).toBe(0);
  });

  it("leaves a record to the events that carry it, and is done when they are", async () => {
    const { ledger, database } = create();
    const carried: unknown[] = [];
    const work = workOf((recordOf) => {
      carried.push(recordOf?.(ANSWER));
      return {
        early: ANSWER,
        isCarried: true,
        sent: new Promise(() => undefined),
        done: Promise.resolve(ANSWER),
      };
    });
    expect(await ledger.run(id("b1", "x"), work)).toEqual(ANSWER);
    expect(carried).toEqual([{ ...id("b1", "x"), answer: ANSWER }]);
    expect(database).toEqual([]);
    await expect(ledger.run(id("b1", "y"), work)).rejects.toMatchObject({ code: "batch_id_reused" });
    const failing = workOf(() => ({
      early: ANSWER,
      isCarried: true,
      sent,
      done: Promise.reject(new Error("away")),
    }));
    await expect(ledger.run(id("b2", "x"), failing)).rejects.toThrow("away");
  });

  it("records a batch beside its events while others write, too", async () => {
    const { ledger, database, state } = create();
    state.isAlone = false;
    const work = workOf((recordOf) => ({
      early: ANSWER,
      isCarried: recordOf !== undefined,
      sent,
      done: Promise.resolve(ANSWER),
    }));
    expect(await ledger.run(id("b1", "x"), work)).toEqual(ANSWER);
    expect(database).toEqual([{ ...id("b1", "x"), answer: ANSWER }]);
  });

  it("is not misled by other content that comes first after a restart", async () => {
    const { ledger, restart } = create();
    await ledger.run(id("b1", "x"), answering(ANSWER));
    const heir = restart();
    const [impostor, original] = await Promise.allSettled([
      heir.run(id("b1", "y"), answering(ANSWER)),
      heir.run(id("b1", "x"), answering(ANSWER)),
    ]);
    expect(impostor).toMatchObject({ status: "rejected", reason: { code: "batch_id_reused" } });
    expect(original).toEqual({ status: "fulfilled", value: ANSWER });
  });

  it("refuses other content under a used id, also while the first is on its way", async () => {
    const { ledger } = create();
    const first = ledger.run(id("b1", "x"), answering(ANSWER));
    await expect(ledger.run(id("b1", "y"), answering(ANSWER))).rejects.toMatchObject({
      code: "batch_id_reused",
    });
    await first;
    await expect(ledger.run(id("b1", "y"), answering(ANSWER))).rejects.toMatchObject({
      code: "batch_id_reused",
    });
  });

  it("records an answer that had to be looked up only once it is known", async () => {
    const { ledger, database } = create();
    const work = workOf(() => ({ early: undefined, isCarried: false, sent, done: Promise.resolve(ANSWER) }));
    expect(await ledger.run(id("b1", "x"), work)).toEqual(ANSWER);
    expect(database).toMatchObject([{ batchId: "b1", answer: ANSWER }]);
  });

  it("writes the events of a stored batch again after a restart, and answers as it did at first", async () => {
    const { ledger, database, restart } = create();
    await ledger.run(id("b1", "x"), answering(ANSWER));
    const repeated = answering({ accepted: 0, duplicate: 3, rejected: [] });
    const refuse = async () => {
      throw new Error("over the quota");
    };
    const restarted = restart();
    expect(await restarted.run(id("b1", "x"), { ...repeated, admit: refuse })).toEqual(ANSWER);
    await expect(restarted.run(id("b1", "y"), repeated)).rejects.toMatchObject({ code: "batch_id_reused" });
    expect(database).toHaveLength(1);
  });

  it("does not answer as at first where an event has lost its id to another meanwhile", async () => {
    const { ledger, restart } = create();
    await ledger.run(id("b1", "x"), answering(ANSWER));
    const rejected = [{ index: 0, code: "conflict", message: "the id was used before" }];
    const truth = { accepted: 2, duplicate: 0, rejected };
    expect(await restart().run(id("b1", "x"), answering(truth))).toEqual(truth);
  });

  it("acknowledges nothing while the events are not durable, even where the record is", async () => {
    const { ledger, database } = create();
    const failing = workOf(() => ({
      early: ANSWER,
      isCarried: false,
      sent,
      done: Promise.reject(new Error("away")),
    }));
    await expect(ledger.run(id("b1", "x"), failing)).rejects.toThrow("away");
    expect(database).toHaveLength(1);
    expect(await ledger.run(id("b1", "x"), answering(ANSWER))).toEqual(ANSWER);
  });

  it("forgets a batch that was not let in, so that it can be sent again", async () => {
    const { ledger, database } = create();
    const refused = { ...answering(ANSWER), admit: () => Promise.reject(new Error("too fast")) };
    await expect(ledger.run(id("b1", "x"), refused)).rejects.toThrow("too fast");
    expect(database).toEqual([]);
    expect(await ledger.run(id("b1", "x"), answering(ANSWER))).toEqual(ANSWER);
  });
});
