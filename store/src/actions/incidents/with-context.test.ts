import type { ChangeEvent, Incident, Model } from "@leeway/core/records";
import { expect, it } from "vitest";
import type { Store } from "../../create-store.ts";
import { withContext } from "./with-context.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 4, 14);
const incidentOf = (model: string): Incident => ({
  ...{ id: `inc_${model}`, model, version: "7", environment: "production", cause: "pipeline" },
  ...{ confidence: 1, severity: "page", state: "firing", title: `${model} broke`, summary: "", features: [] },
  ...{ next_steps: [], started_at: START, last_failing_at: START + HOUR, healthy_windows: 0 },
  evaluations: [{ monitor_id: "m", window_start: START, window_end: START + HOUR, reason: "r" }],
  evaluation_count: 1,
});
const deploy: ChangeEvent = {
  ...{ id: "e", timestamp: START - HOUR, kind: "deploy", title: "Deployed", source: "ci", attributes: {} },
  ...{ model: "orders", version: "7" },
};

function storeOf(models: Partial<Model>[]) {
  const asked: object[] = [];
  const store = {
    changeEvents: {
      list: async (_project: string, filter: object) => {
        asked.push(filter);
        return [deploy];
      },
    },
    records: {
      version: { list: async () => [{ model: "orders", version: "7", git_sha: "abc", created_at: 0 }] },
      incident: { list: async () => [incidentOf("prices"), incidentOf("orders")] },
      model: { list: async () => models },
    },
  } as unknown as Pick<Store, "changeEvents" | "records">;
  return { store, asked };
}

it("shows an incident with what changed before it, with its commit, and with the incident that it follows from", async () => {
  const { store, asked } = storeOf([{ model: "prices", feeds: ["orders"] }]);
  expect(await withContext(store, "default", incidentOf("orders"))).toEqual({
    ...incidentOf("orders"),
    changes: [{ ...deploy, git_sha: "abc" }],
    follows_from: { id: "inc_prices", model: "prices", title: "prices broke" },
  });
  expect(asked).toMatchObject([{ model: "orders", from: START - 24 * HOUR, to: START + HOUR }]);
});

it("says of no other incident where no model feeds its model", async () => {
  const { store } = storeOf([{ model: "prices" }]);
  expect(await withContext(store, "default", incidentOf("orders"))).not.toHaveProperty("follows_from");
});
