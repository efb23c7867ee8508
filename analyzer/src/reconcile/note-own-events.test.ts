import type { RecordChanged } from "@leeway/core/events";
import type { ChangeEvent } from "@leeway/core/records";
import { expect, it } from "vitest";
import { createNoteOwnEvents } from "./note-own-events.ts";

const seen = { model: "fraud", version: "1", environment: "production", firstSeenAt: 5 };
const madeAt = (revision: number): RecordChanged => ({
  ...{ kind: "monitor", id: `m${revision}`, revision, actor: "ada", at: revision, deleted: false },
  ...{ body: { model: "fraud", kind: "drift" }, before: undefined },
});

function memory(changes: RecordChanged[], atOnce = 2) {
  const events = new Map<string, ChangeEvent>();
  const asked: number[] = [];
  const state = { isAway: false };
  const store = {
    changeEvents: {
      async add(_project: string, added: readonly ChangeEvent[]) {
        if (state.isAway) throw new Error("away");
        for (const event of added) if (!events.has(event.id)) events.set(event.id, event);
        return added.length;
      },
      list: async () => [],
    },
    recordLog: {
      size: async () => changes.length,
      async since(_project: string, revision: number) {
        asked.push(revision);
        return changes.filter((one) => one.revision > revision).slice(0, atOnce);
      },
    },
  };
  return { events, asked, state, note: () => createNoteOwnEvents({ store, project: "default" }) };
}

it("stores versions and changes once, however often it looks and wherever it starts again", async () => {
  const changes = [1, 2, 3].map(madeAt);
  const { events, note } = memory(changes);
  const first = note();
  await first([seen]);
  await first([seen]);
  await note()([seen]);
  expect([...events.values()].map(({ title }) => title)).toEqual([
    "First prediction of version 1",
    ...["m1", "m2", "m3"].map((id) => `Monitor ${id} (drift) was made`),
  ]);
});

it("asks for changes only where there are more than before, with those of shortly before", async () => {
  const changes = [madeAt(1_000_000_000)];
  const { asked, note } = memory(changes);
  const look = note();
  await look([]);
  const before = asked.length;
  await look([]);
  expect(asked).toHaveLength(before);
  changes.push(madeAt(1_000_000_001));
  await look([]);
  expect(asked[before]).toBe(400_000_000);
});

it("tries again what could not be stored", async () => {
  const { events, state, note } = memory([madeAt(1)]);
  const look = note();
  state.isAway = true;
  await expect(look([seen])).rejects.toThrow("away");
  state.isAway = false;
  await look([seen]);
  expect(events.size).toBe(2);
});
