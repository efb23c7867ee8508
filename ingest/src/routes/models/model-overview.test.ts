import type { Incident } from "@leeway/core/records";
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
const none = { models: [], versions: [], activity: [], incidents: [] };

describe("the overview of models", () => {
  it("holds a model that was only seen, with its versions", () => {
    const [model] = modelOverviews({ ...none, activity: [seen] });
    expect(model).toMatchObject({
      model: "flights",
      task: null,
      configured: false,
      health: "no_open_incident",
      last_seen: 90,
      versions: [{ version: "1", environments: [{ environment: "production", last_seen: 90 }] }],
    });
  });

  it("never calls a model without data anything but that", () => {
    const model = { model: "new", task: "binary" as const, configured: true, created_at: 1 };
    expect(modelOverviews({ ...none, models: [model] })[0]).toMatchObject({
      health: "no_data",
      last_seen: null,
    });
  });

  it("puts open incidents first and leaves resolved ones out", () => {
    const resolved = { ...incident, id: "i2", state: "resolved" } as Incident;
    const [model] = modelOverviews({ ...none, activity: [seen], incidents: [incident, resolved] });
    expect(model?.health).toBe("failing");
    expect(model?.open_incidents).toEqual([{ id: "i1", title: "Late flights", state: "firing" }]);
  });
});
