import { describe, expect, it } from "vitest";
import { FeatureSightings } from "./feature-sightings.ts";
import { RefusedEvents } from "./refused-events.ts";
import { createEvidenceSaver } from "./save-evidence.ts";

const refusal = { project: "default", model: "m", kind: "predictions", code: "conflict", example: "id" };

function create() {
  const refused = new RefusedEvents();
  const state = { isAway: false, ids: 0 };
  const inserts: { table: string; events: unknown; token: string }[] = [];
  const save = createEvidenceSaver({
    sightings: new FeatureSightings(),
    refused,
    async insert(table, rows, token) {
      if (rows.length > 0) inserts.push({ table, events: rows[0]?.["events"], token });
      if (state.isAway) throw new Error("away");
    },
    newId: () => `token-${++state.ids}`,
  });
  return { refused, state, inserts, save };
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

  it("sends what could not be stored again under its first token, and what came since beside it", async () => {
    const { refused, state, inserts, save } = create();
    refused.note(refusal, 0);
    state.isAway = true;
    await expect(save()).rejects.toThrow("away");
    refused.note(refusal, 0);
    refused.note(refusal, 0);
    await expect(save()).rejects.toThrow("away");
    state.isAway = false;
    await save();
    expect(inserts.map(({ events, token }) => [events, token])).toEqual([
      [1, "token-1"],
      [1, "token-1"],
      [1, "token-1"],
      [2, "token-2"],
    ]);
  });

  it("does not begin again while it is under way", async () => {
    const { refused, inserts, save } = create();
    refused.note(refusal, 0);
    await Promise.all([save(), save()]);
    expect(inserts).toHaveLength(1);
  });
});
