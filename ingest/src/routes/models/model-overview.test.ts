import type { Incident } from "@leeway/core/records";
import type { EnvironmentHealth } from "@leeway/store";
import { describe, expect, it } from "vitest";
import { modelOverviews } from "./model-overview.ts";

const seen = {
  model: "flights",
  version: "1",
  environment: "production",
  firstTimestamp: 10,
  lastTimestamp: 90,
  lastReceivedAt: 95,
  rows: 1,
};
const incident = { id: "i1", model: "flights", title: "Late flights", state: "firing" } as Incident;
const healthy = (model: string, environment = "production"): EnvironmentHealth => ({
  ...{ model, environment, state: "healthy", since: null, sentence: "All is well", incident_id: null },
  findings: [],
});
const none = { models: [], versions: [], activity: [], incidents: [], health: [] };

describe("the overview of models", () => {
  it("holds a model that was only seen, with its versions", () => {
    const [model] = modelOverviews({ ...none, activity: [seen], health: [healthy("flights")] });
    expect(model).toMatchObject({
      model: "flights",
      task: null,
      configured: false,
      health: "healthy",
      health_reason: "All is well",
      last_seen: 90,
      versions: [{ version: "1", environments: [{ environment: "production", last_seen: 90 }] }],
    });
  });

  it("leads with production, and keeps what is said of the other environments", () => {
    const shadow: EnvironmentHealth = { ...healthy("flights", "shadow"), state: "incident", since: 5 };
    const health = [healthy("flights"), shadow];
    const [model] = modelOverviews({ ...none, activity: [seen], health });
    expect(model?.health).toBe("healthy");
    expect(model?.environments.map(({ environment, state }) => [environment, state])).toEqual([
      ["production", "healthy"],
      ["shadow", "incident"],
    ]);
  });

  it("names predictions that lie long before the rest", () => {
    const earlier = { rows: 1, first: 1, last: 1 };
    const [model] = modelOverviews({
      ...none,
      activity: [{ ...seen, earlier }],
      health: [healthy("flights")],
    });
    expect(model?.versions[0]?.environments[0]?.earlier).toEqual({
      ...{ predictions: 1, first_seen: 1, last_seen: 1 },
    });
  });

  it("lists open incidents and leaves resolved ones out", () => {
    const resolved = { ...incident, id: "i2", state: "resolved" } as Incident;
    const incidents = [incident, resolved];
    const [model] = modelOverviews({ ...none, activity: [seen], incidents, health: [healthy("flights")] });
    expect(model?.open_incidents).toEqual([{ id: "i1", title: "Late flights", state: "firing" }]);
  });
});
