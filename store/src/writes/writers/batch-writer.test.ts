import { describe, expect, it } from "vitest";
import { type Block, GroupWriter, type SerialisedBlock } from "../groups/group-writer.ts";
import { KeyIndex } from "../keys/key-index.ts";
import { BatchWriter, type EventKind } from "./batch-writer.ts";

interface Event {
  id: number;
  payload: number;
  carried?: string;
}

class Rows implements Block {
  events: Event[] = [];
  get rows() {
    return this.events.length;
  }
  serialise(): SerialisedBlock {
    return { columns: [], body: Buffer.from(JSON.stringify(this.events)), rows: this.rows };
  }
  clear() {
    this.events = [];
  }
  size() {
    return this.events.length;
  }
}

function create(stored: Event[] = []) {
  const database = [...stored];
  const state = { fails: false, lookups: 0 };
  const index = new KeyIndex({ recentKeys: 1_000, filterKeys: 100_000 });
  for (const { id } of stored) index.load(id, id, 1);
  const kind: EventKind<Rows, Event> = {
    append(block, event, key) {
      if (event.payload < 0) return { code: "invalid_feature", path: "features.a", message: "negative" };
      block.events.push(event);
      Object.assign(key, { low: event.id, high: event.id, payloadLow: event.payload, payloadHigh: 0 });
      return undefined;
    },
    dropLast: (block) => block.events.pop(),
    carry(block, { batchId }) {
      block.events[block.rows - 1] = { ...(block.events.at(-1) as Event), carried: batchId };
    },
    timestampOf: () => 1,
    existing: async (events) => {
      state.lookups += events.length;
      return events.map((event) => {
        const found = database.find(({ id }) => id === event.id);
        if (found === undefined) return "absent";
        return found.payload === event.payload ? "same" : "other";
      });
    },
    conflictMessage: (event) => `${event.id} is taken`,
  };
  const writer = new GroupWriter<Rows>({
    createBlock: () => new Rows(),
    insert: async ({ body }) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (state.fails) throw new Error("away");
      database.push(...(JSON.parse(body.toString()) as Event[]));
    },
    onFailed: (serial) => index.release(serial),
    maxRows: 100,
    maxBytes: 1e9,
    maxInFlight: 1,
    enoughRows: 1,
    lingerMs: 0,
    now: () => 0,
  });
  const write = async (events: Event[]) => {
    const batch = new BatchWriter(writer, index, kind);
    for (const [position, event] of events.entries()) batch.add(position, event);
    await batch.finish();
    return { accepted: batch.accepted, duplicate: batch.duplicate, rejected: batch.rejected };
  };
  const carry = async (events: Event[], batchId: string) => {
    const batch = new BatchWriter(writer, index, kind);
    for (const [position, event] of events.entries()) batch.add(position, event);
    const answer = { accepted: batch.accepted, duplicate: batch.duplicate, rejected: [] };
    const isCarried = batch.carry({ project: "p", kind: "k", batchId, contentHash: "x", answer });
    await batch.finish();
    return isCarried;
  };
  return { write, carry, database, state, idle: () => writer.idle() };
}

const A = { id: 1, payload: 10 };
const B = { id: 2, payload: 20 };

describe("a batch is written exactly once", () => {
  it("stores new events and counts repeats, in one batch and over several, without asking the database", async () => {
    const { write, database, state } = create();
    expect(await write([A, B, A])).toEqual({ accepted: 2, duplicate: 1, rejected: [] });
    expect(await write([B, A])).toEqual({ accepted: 0, duplicate: 2, rejected: [] });
    expect(database).toEqual([A, B]);
    expect(state.lookups).toBe(0);
  });

  it("refuses another payload under a taken id, whether it is stored, on its way or in the same batch", async () => {
    const { write, database } = create();
    const other = { id: 1, payload: 11 };
    const [first, second] = await Promise.all([write([A, other]), write([other])]);
    expect(first.rejected).toEqual([{ index: 1, code: "conflict", message: "1 is taken" }]);
    expect(second.rejected).toHaveLength(1);
    expect(database).toEqual([A]);
  });

  it("looks up what an earlier process stored", async () => {
    const { write, database } = create([A]);
    const other = { id: 1, payload: 11 };
    expect(await write([A])).toMatchObject({ accepted: 0, duplicate: 1 });
    expect(await write([other])).toMatchObject({ accepted: 0, rejected: [{ code: "conflict" }] });
    expect(database).toEqual([A]);
  });

  it("stores an event that the filter only seemed to know", async () => {
    const { write, database, state } = create([A]);
    database.length = 0;
    expect(await write([A, A])).toMatchObject({ accepted: 1, duplicate: 1 });
    expect(state.lookups).toBe(2);
    expect(database).toEqual([A]);
  });

  it("fails every request whose rows, or whose repeated rows, did not become durable; a second try stores them once", async () => {
    const { write, database, state, idle } = create();
    state.fails = true;
    const results = await Promise.allSettled([write([A]), write([A, B])]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await idle();
    state.fails = false;
    expect(await write([A, B])).toEqual({ accepted: 2, duplicate: 0, rejected: [] });
    expect(database).toEqual([A, B]);
  });

  it("does not let one bad event sink the batch", async () => {
    const { write, database } = create();
    const answer = await write([A, { id: 3, payload: -1 }, B]);
    expect(answer).toEqual({
      accepted: 2,
      duplicate: 0,
      rejected: [{ index: 1, code: "invalid_feature", message: "features.a: negative" }],
    });
    expect(database).toEqual([A, B]);
  });
});

describe("the record of a batch", () => {
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_unused, at) => ({ id: from + at, payload: 1 }));

  it("rides on the last row that the batch brings, in its last group", async () => {
    const { carry, database } = create();
    const carried = await Promise.all([
      carry([A, B, A], "b1"),
      carry(many(10, 3), "b2"),
      carry(many(20, 150), "b3"),
      carry(many(200, 50), "b4"),
    ]);
    expect(carried).toEqual([true, true, true, true]);
    const rows = database.filter((row) => row.carried !== undefined);
    expect(rows.map((row) => [row.id, row.carried])).toEqual([
      [2, "b1"],
      [12, "b2"],
      [169, "b3"],
      [249, "b4"],
    ]);
  });

  it("has no row to ride on where the batch brings none to the group that gathers", async () => {
    const { carry, database } = create([A]);
    expect(await carry([A], "b1")).toBe(false);
    expect(await carry([{ id: 5, payload: -1 }], "b2")).toBe(false);
    // The hundred fill a group; what is refused after them has opened the next one.
    expect(await carry([...many(10, 100), { id: 6, payload: -1 }], "b3")).toBe(false);
    expect(database.filter((row) => row.carried !== undefined)).toEqual([]);
    expect(database).toHaveLength(101);
  });
});
