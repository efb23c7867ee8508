import { type ErrorCode, LeewayError } from "@leeway/core/errors";
import { describe, expect, it } from "vitest";
import { FeatureSightings } from "./feature-sightings.ts";
import { RefusedEvents } from "./refused-events.ts";
import { createEvidenceSaver } from "./save-evidence.ts";

const refusal = { project: "default", model: "m", kind: "predictions", code: "conflict", example: "id" };

function create() {
  const refused = new RefusedEvents();
  const state: { failure: ErrorCode | undefined; ids: number } = { failure: undefined, ids: 0 };
  const inserts: { table: string; events: unknown; token: string }[] = [];
  const examples: unknown[] = [];
  const save = createEvidenceSaver({
    sightings: new FeatureSightings(),
    refused,
    async insert(table, rows, token) {
      examples.push(...rows.map(({ example }) => example));
      if (rows.length > 0) inserts.push({ table, events: rows[0]?.["events"], token });
      if (state.failure !== undefined) throw new LeewayError(state.failure, "not stored");
    },
    newId: () => `token-${++state.ids}`,
  });
  return { refused, state, inserts, examples, save };
}

describe("saving evidence", () => {
  it("stores what was refused since the last time, each time under a token of its own", async () => {
    const { refused, inserts, save } = create();
    refused.note(refusal, 0);
    await save();
    await save();
    refused.note(refusal, 0);
    refused.note(refusal, 0);
    await save();
    expect(inserts).toEqual([
      { table: "refused_events", events: 1, token: "token-1" },
      { table: "refused_events", events: 2, token: "token-3" },
    ]);
  });

  it.each(["store_unavailable", "store_overloaded"] as const)(
    "after %s sends it again under its first token, and what came since after it",
    async (failure) => {
      const { refused, state, inserts, save } = create();
      refused.note(refusal, 0);
      state.failure = failure;
      await expect(save()).rejects.toThrow("not stored");
      refused.note(refusal, 0);
      refused.note(refusal, 0);
      await expect(save()).rejects.toThrow("not stored");
      state.failure = undefined;
      await save();
      expect(inserts.map(({ events, token }) => [events, token])).toEqual([
        [1, "token-1"],
        [1, "token-1"],
        [1, "token-1"],
        [2, "token-2"],
      ]);
    },
  );

  it("gives up what the store cannot read, and stores what comes after it", async () => {
    const { refused, state, inserts, save } = create();
    refused.note(refusal, 0);
    state.failure = "internal";
    await expect(save()).rejects.toThrow("not stored");
    state.failure = undefined;
    refused.note(refusal, 0);
    await save();
    expect(inserts.map(({ token }) => token)).toEqual(["token-1", "token-2"]);
  });

  it("stores texts that were cut in the middle of a character, too", async () => {
    const { refused, examples, save } = create();
    refused.note({ ...refusal, example: `${"x".repeat(299)}😀` }, 0);
    await save();
    expect(examples).toEqual([`${"x".repeat(299)}\ufffd`]);
  });

  it("does not begin again while it is under way", async () => {
    const { refused, inserts, save } = create();
    refused.note(refusal, 0);
    await Promise.all([save(), save()]);
    expect(inserts).toHaveLength(1);
  });
});
