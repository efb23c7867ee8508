import { describe, expect, it } from "vitest";
import type { Incident } from "../records/index.ts";
import { decideSubscription, previewSubscription, type Subscription } from "./index.ts";

const incident = (changes: Partial<Incident> = {}) =>
  ({
    ...{ severity: "ticket", cause: "pipeline", model: "fraud-eu", environment: "production" },
    ...changes,
  }) as Incident;

describe("decideSubscription", () => {
  it.each<[string, Subscription | undefined, Partial<Incident>, boolean, RegExp | undefined]>([
    ["of everything, where nothing is said", undefined, {}, false, undefined],
    ["of its severity", { severities: ["page", "ticket"] }, {}, false, undefined],
    [
      "of another severity",
      { severities: ["page"] },
      {},
      false,
      /^it is a ticket, and the channel takes Page$/,
    ],
    ["of its cause", { causes: ["pipeline"] }, {}, false, undefined],
    ["of another cause", { causes: ["serving"] }, {}, false, /^its cause is .*, and the channel takes/],
    ["of models like it", { models: ["churn", "fraud-*"] }, {}, false, undefined],
    [
      "of other models",
      { models: ["churn"] },
      {},
      false,
      /^its model is fraud-eu, and the channel takes churn$/,
    ],
    [
      "of production, where no environment is named",
      {},
      { environment: "staging" },
      false,
      /^it is in staging/,
    ],
    ["of what a monitor names the channel for", {}, { environment: "staging" }, true, undefined],
    ["of an environment", { environments: ["staging"] }, { environment: "staging" }, false, undefined],
    ["of another environment", { environments: ["staging"] }, {}, true, /^it is in production/],
    ["of its owner", { owners: ["#risk"] }, { owner: "#risk" }, false, undefined],
    ["of another owner", { owners: ["#risk"] }, { owner: "#search" }, false, /^its owner is #search/],
    ["of an owner, where there is none", { owners: ["#risk"] }, {}, false, /^its model has no owner/],
  ])("takes an incident %s", (_, subscription, changes, isNamed, reason) => {
    const decision = decideSubscription(subscription, incident(changes), isNamed);
    if (reason === undefined) expect(decision).toEqual({ outcome: "taken" });
    else expect(decision).toEqual({ outcome: "left", reason: expect.stringMatching(reason) });
  });
});

describe("previewSubscription", () => {
  it("says which incidents of the last 30 days it would have taken, newest first, and of how many", () => {
    const NOW = Date.UTC(2026, 5, 1);
    const fired = (id: string, daysAgo: number, changes: Partial<Incident> = {}) =>
      incident({ id, fired_at: NOW - daysAgo * 86_400_000, ...changes });
    const incidents = [
      ...[fired("old", 31), fired("first", 20), fired("last", 1), fired("page", 2, { severity: "page" })],
      incident({ id: "pending" }),
    ];
    const preview = previewSubscription({ severities: ["ticket"] }, incidents, NOW);
    expect([preview.received.map(({ id }) => id), preview.of, preview.days]).toEqual([
      ["last", "first"],
      3,
      30,
    ]);
  });
});
