import type { Retraining } from "@leeway/core/records";
import { expect, test } from "vitest";
import type { RecordChange } from "../../records/put-together.ts";
import { actOnRetrained } from "./act-on-retrained.ts";

const run: Retraining = {
  ...{ id: "run", incident_id: "inc", model: "flights", version: "1", new_version: "2", channel_id: "c" },
  ...{ status: "succeeded", requested_at: 0, updated_at: 0 },
};
const incident = {
  ...{ id: "inc", model: "flights", version: "1", state: "firing", fired_at: 1, cause: "concept_drift" },
};

function memory(given: { run?: Retraining; references?: object[]; choice?: object }) {
  const written: RecordChange[] = [];
  const none = { get: async () => undefined, list: async () => [] };
  const store = {
    records: {
      retraining: { get: async () => given.run ?? run },
      version: none,
      model: none,
      reference: { list: async () => given.references ?? [] },
      referenceChoice: { get: async () => given.choice },
      incident: { get: async () => incident },
      incidentAction: none,
      channel: none,
      notification: none,
    },
    activity: { versions: async () => [{ model: "flights", version: "2", firstTimestamp: 50 }] },
    putRecordsTogether: async (_project: string, changes: RecordChange[]) => void written.push(...changes),
  } as unknown as Parameters<typeof actOnRetrained>[0];
  const act = (action: "promote" | "archive") =>
    actOnRetrained(store, "default", { id: "run", action, actor: "ana", now: 100 });
  const bodies = () => Object.fromEntries(written.map(({ kind, id, body }) => [`${kind} ${id}`, body]));
  return { act, bodies };
}

test("a promotion changes both stages, resolves the incident, and takes the reference along", async () => {
  const { act, bodies } = memory({});
  expect(await act("promote")).toMatchObject({ acted: { action: "promote", by: "ana", at: 100 } });
  expect(bodies()).toMatchObject({
    "incident_action promote-run": { action: "resolve", text: "Version 2 took over." },
    "version flights/2": { stage: "production" },
    "version flights/1": { stage: "archived" },
    "reference_choice flights/2": { use: "automatic", from: 50 },
    "retraining run": { acted: { action: "promote" } },
  });
});

test.each([
  ["was given one", { references: [{ model: "flights", version: "2", source: "upload" }] }],
  ["has one that somebody chose", { choice: { use: "reference" } }],
])("a promoted version that %s keeps its reference", async (_, given) => {
  const { act, bodies } = memory(given);
  await act("promote");
  expect(Object.keys(bodies())).not.toContain("reference_choice flights/2");
});

test("an archived version is archived, and nothing else changes", async () => {
  const { act, bodies } = memory({});
  await act("archive");
  expect(Object.keys(bodies()).sort()).toEqual(["retraining run", "version flights/2"]);
  expect(bodies()).toMatchObject({ "version flights/2": { stage: "archived" } });
});

test.each<[string, Partial<Retraining>]>([
  ["is still running", { status: "running" }],
  ["made no version", { new_version: undefined }],
  ["was acted on", { acted: { action: "archive", by: "leeway", at: 1 } }],
])("a retraining that %s is refused", async (_, changes) => {
  const { act, bodies } = memory({ run: { ...run, ...changes } });
  await expect(act("promote")).rejects.toMatchObject({ code: "conflict" });
  expect(bodies()).toEqual({});
});
