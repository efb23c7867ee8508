import { CHANNEL_KINDS, type Channel, type ChannelKind, channelSchema } from "@leeway/core/channels";
import { readInput } from "@leeway/core/input";
import { type Model, type Monitor, modelSchema, monitorSchema, type Silence } from "@leeway/core/records";
import { describe, expect, it } from "vitest";
import { declarationFileSchema, declarationSchema } from "./declaration-schema.ts";
import { declarationOf, planDeclaration, type StoredDeclarables } from "./plan-declaration.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 0, 5);
const context = { now: NOW, actor: "ann@leeway.example", newSecret: () => `whsec_${"n".repeat(32)}` };

const channel = (kind: ChannelKind, more: object = {}): Channel =>
  channelSchema.parse({
    ...{ id: `to-${kind}`, name: kind, enabled: true, created_at: NOW - DAY, kind },
    ...CHANNEL_KINDS[kind].example,
    ...more,
  });
const monitor = (more: Partial<Monitor>): Monitor =>
  monitorSchema.parse({
    ...{ id: "m", model: "fraud", kind: "drift", environment: "production", window: DAY },
    ...{ minimum_count: 30, enabled: true, automatic: false, created_at: NOW - DAY },
    ...more,
  });
const silence = (more: Partial<Silence>): Silence => ({
  ...{ id: "s", comment: "night", created_by: "bob@leeway.example" },
  ...{ starts_at: NOW - HOUR, ends_at: NOW + 90_500 },
  ...more,
});
const model = (more: Partial<Model>): Model =>
  modelSchema.parse({ model: "fraud", task: "binary", configured: true, created_at: NOW - DAY, ...more });
const DRIFT = { model: "fraud", kind: "drift", window: "1d" };
const none: StoredDeclarables = { models: [], channels: [], monitors: [], silences: [] };
const withFraud = { ...none, models: [model({})] };

const rhythm = { days: ["mon", "fri"], from: "22:00", to: "06:30", time_zone: "Europe/Berlin" } as const;
const STORED: [string, StoredDeclarables][] = [
  ...Object.keys(CHANNEL_KINDS).map((kind): [string, StoredDeclarables] => [
    `a channel of the kind ${kind}`,
    { ...none, channels: [channel(kind as ChannelKind)] },
  ]),
  [
    "channels that are off, by a person and by Leeway",
    {
      ...none,
      channels: [
        channel("email", { id: "a", enabled: false }),
        channel("webhook", { id: "b", enabled: false, disabled_reason: "410 Gone" }),
        channel("webhook", { id: "c", previous_secret: "o".repeat(32) }),
        channel("slack", { id: "d", people: { U12: "ann@leeway.example" } }),
      ],
    },
  ],
  [
    "channels that choose what they receive and when",
    {
      ...none,
      channels: [
        channel("slack", {
          ...{ id: "a", notify_after: 15 * 60_000, remind_every: 4 * HOUR },
          quiet_hours: { ...rhythm, days: [...rhythm.days] },
          subscribes: { severities: ["page"], causes: ["pipeline"], models: ["fraud-*"], owners: ["#risk"] },
        }),
        channel("pagerduty", {
          ...{ id: "b", notify_after: 90_500, remind_every: 61_001 },
          subscribes: { environments: ["shadow"] },
        }),
      ],
    },
  ],
  [
    "a retraining policy with all its fields",
    {
      ...none,
      channels: [
        channel("retrain", {
          ...{ target: { kind: "ray", entrypoint: "python retrain.py" }, token: "t", models: ["fraud"] },
          ...{ cool_down: 21 * DAY, least_confidence: 0.8, least_severity: "ticket", approval: true },
          ...{ most_per_month: 2, stop_after: 3, time_limit: 1_500, auto_promote: true, auto_archive: true },
        }),
      ],
    },
  ],
  [
    "monitors of every kind",
    {
      ...none,
      channels: [channel("email")],
      monitors: [
        monitor({ id: "drift", thresholds: { psi: 0.3 }, features: ["amount"], version: "7" }),
        monitor({
          ...{ id: "performance", kind: "performance", segment: { region: "eu", amount: "1..5" } },
          ...{ thresholds: { metric: "accuracy", minimum: 0.9 }, channels: ["to-email"], severity: "page" },
        }),
        monitor({
          ...{ id: "volume", kind: "volume", environment: "shadow", hold_firing: { for: 2 * HOUR } },
          ...{ hold_resolved: { windows: 2 }, damping: 0, enabled: false, window: 90_000 },
        }),
        monitor({ id: "labels", kind: "labels", damping: 1_234 }),
        monitor({
          ...{ id: "new", burn_in: 3 * DAY, burn_in_since: NOW - HOUR },
          promoted: { by: "ann@leeway.example", at: NOW },
        }),
        monitor({
          ...{ id: "slo", kind: "latency_slo", window: 300_000 },
          ...{ objective: { threshold_ms: 200, target: 0.99, period: 28 * DAY } },
        }),
      ],
    },
  ],
  [
    "silences, once and recurring",
    {
      ...withFraud,
      silences: [
        silence({ model: "fr*", cause: "pipeline", severity: "page", feature: "amount", owner: "#ri*" }),
        silence({ id: "nights", recurs: { ...rhythm, days: [...rhythm.days] }, ends_at: NOW + 300 * DAY }),
        silence({ id: "later", starts_at: NOW + DAY, ends_at: NOW + 2 * DAY, version: "1" }),
      ],
    },
  ],
  [
    "models and their objectives",
    {
      ...none,
      models: [
        model({ positive_class: "true", label_delay: 7 * DAY, window: 1_001, owner: "#risk" }),
        model({ model: "price", task: "regression", latency_objective: { threshold_ms: 90, target: 0.999 } }),
        model({ model: "a/b c", description: "two\nlines", false_alarms_per_month: 0.5 }),
      ],
    },
  ],
];

function plan(declared: unknown, stored: StoredDeclarables, prune = false) {
  const input = readInput(declarationSchema, declared, "body");
  if (input.kind === "wrong") throw new Error(JSON.stringify(input.problems));
  return planDeclaration(input.data, stored, context, prune);
}

describe("what was exported", () => {
  it.each(STORED)("changes nothing when it is applied: %s", (_name, stored) => {
    const exported = JSON.parse(JSON.stringify(declarationOf(stored, NOW)));
    expect(plan(exported, stored, true)).toMatchObject({ outcome: "plan", changes: [], records: [] });
    expect(declarationFileSchema.safeParse(exported).success).toBe(true);
  });

  it("has no secret in it, and neither what Leeway made by itself nor what is over", () => {
    const channels = Object.keys(CHANNEL_KINDS).map((kind) => channel(kind as ChannelKind));
    const text = JSON.stringify(declarationOf({ ...none, channels }, NOW));
    for (const kind of Object.keys(CHANNEL_KINDS) as ChannelKind[])
      for (const name of CHANNEL_KINDS[kind].secrets)
        expect(text).not.toContain(String(CHANNEL_KINDS[kind].example[name] ?? "whsec_"));
    const stored = {
      ...{ models: [model({ configured: false })], channels: [] },
      ...{ monitors: [monitor({ automatic: true })], silences: [silence({ ends_at: NOW })] },
    };
    expect(declarationOf(stored, NOW)).toEqual({ models: {}, channels: {}, monitors: {}, silences: {} });
  });
});

describe("a secret", () => {
  const pager = { kind: "webhook", name: "webhook", url: "https://receiver.example/" };
  const stored = { ...none, channels: [channel("webhook", { id: "pager" })] };

  it("stays as it is where a file says nothing of it, and is never shown where it does", () => {
    expect(plan({ channels: { pager } }, stored)).toMatchObject({ changes: [] });
    const changed = plan({ channels: { pager: { ...pager, secret: "s".repeat(32) } } }, stored);
    expect(changed).toMatchObject({
      changes: [
        { fields: [{ field: "secret", from: "(secret)", to: "(another secret)" }, expect.anything()] },
      ],
      records: [{ body: { previous_secret: CHANNEL_KINDS.webhook.example["secret"] } }],
    });
    expect(JSON.stringify("changes" in changed && changed.changes)).not.toContain("sss");
  });

  it("of a new channel is made where the receiver is signed, and missed where it is not", () => {
    expect(plan({ channels: { pager } }, none)).toMatchObject({
      records: [{ body: { secret: context.newSecret() } }],
    });
    expect(plan({ channels: { duty: { kind: "pagerduty", name: "Duty" } } }, none)).toMatchObject({
      outcome: "wrong",
      problems: [{ path: "channels.duty.routing_key" }],
    });
  });

  it("may be a reference in a file, which the server itself does not take", () => {
    const declared = { channels: { duty: { kind: "pagerduty", name: "Duty", routing_key: "$" + "{KEY}" } } };
    expect(declarationFileSchema.safeParse(declared).success).toBe(true);
    expect(declarationSchema.safeParse(declared).success).toBe(false);
  });
});

describe("a plan", () => {
  const hand = monitor({ id: "by-hand" });
  const own = monitor({ id: "own", automatic: true });
  const open = silence({});
  const stored = { ...withFraud, channels: [channel("email")], monitors: [hand, own], silences: [open] };

  it("removes with --prune what no file declares, in the sections that are declared only", () => {
    expect(plan({ monitors: {} }, stored)).toMatchObject({ changes: [] });
    expect(plan({ monitors: {}, models: {} }, stored, true)).toMatchObject({
      changes: [{ section: "monitors", id: "by-hand", action: "remove" }],
      records: [{ kind: "monitor", id: "by-hand", removed: true }],
    });
  });

  it.each<[string, object, string[]]>([
    [
      "another one of the file",
      { channels: {}, monitors: { m: { ...DRIFT, channels: ["to-slack"] } } },
      ["monitors.m.channels.0"],
    ],
    ["a monitor that no file declares", { channels: {} }, ["monitors.m.channels"]],
    ["one that goes, too", { channels: {}, monitors: {} }, []],
  ])("refuses to remove with --prune a channel that is named by %s", (_which, declared, paths) => {
    const stored = {
      ...withFraud,
      channels: [channel("slack")],
      monitors: [monitor({ channels: ["to-slack"] })],
    };
    const outcome = plan(declared, stored, true);
    expect(outcome.outcome === "wrong" ? outcome.problems.map(({ path }) => path) : []).toEqual(paths);
  });

  it("ends a silence that is pruned, and leaves one alone that is over", () => {
    expect(plan({ silences: {} }, stored, true)).toMatchObject({
      records: [{ kind: "silence", id: "s", body: { ends_at: NOW } }],
    });
    const old = { starts_at: "2025-01-01T00:00:00Z", ends_at: "2025-01-02T00:00:00Z", comment: "past" };
    expect(plan({ silences: { old } }, stored)).toMatchObject({ changes: [], unchanged: 1 });
  });

  it("keeps the beginning that a silence got when it was first applied", () => {
    const nights = { recurs: rhythm, comment: "nights" };
    const first = plan({ silences: { nights } }, none);
    const record = "records" in first ? (first.records[0]?.body as Silence) : undefined;
    expect(record).toMatchObject({ starts_at: NOW, created_by: context.actor });
    const later = { ...none, silences: record === undefined ? [] : [record] };
    const input = declarationSchema.parse({ silences: { nights } });
    expect(planDeclaration(input, later, { ...context, now: NOW + DAY }, true)).toMatchObject({
      changes: [],
    });
  });

  it("lets a file say when people are notified, and not when a job is", () => {
    const on = { name: "ops", notify_after: "15m", remind_every: "4h" };
    const email = { ...on, kind: "email", to: ["ops@leeway.example"] };
    expect(plan({ channels: { email } }, none)).toMatchObject({
      records: [{ body: { notify_after: 15 * 60_000, remind_every: 4 * HOUR } }],
    });
    const made = plan({ channels: { email } }, none);
    const channels = "records" in made ? [made.records[0]?.body as Channel] : [];
    expect(declarationOf({ ...none, channels }, NOW)).toMatchObject({ channels: { email: on } });
    const job = { ...on, kind: "retrain", url: "https://receiver.example/", causes: ["concept_drift"] };
    const input = readInput(declarationSchema, { channels: { job } }, "body");
    expect(input.kind).toBe("wrong");
  });

  it("takes a field away that a file no longer has, and shows durations as files write them", () => {
    const changed = plan(
      { monitors: { "by-hand": { model: "fraud", kind: "drift", window: "2d" } } },
      { ...none, monitors: [monitor({ id: "by-hand", severity: "page" })] },
    );
    expect(changed).toMatchObject({
      changes: [
        {
          fields: [
            { field: "window", from: "1d", to: "2d" },
            { field: "severity", from: "page" },
          ],
        },
      ],
    });
  });

  it("lets a monitor name a channel that is declared beside it, and refuses one that is nowhere", () => {
    const fraud = { model: "fraud", kind: "drift", window: "1d", channels: ["ops"] };
    const ops = { kind: "email", name: "Ops", to: ["ops@leeway.example"] };
    expect(plan({ monitors: { fraud }, channels: { ops } }, none).outcome).toBe("plan");
    expect(plan({ monitors: { fraud } }, none)).toMatchObject({
      problems: [{ path: "monitors.fraud.channels.0", message: "there is no channel ops" }],
    });
  });

  it("makes a monitor the file's own that was automatic", () => {
    const declared = { model: "fraud", kind: "drift", window: "1d" };
    expect(plan({ monitors: { own: declared } }, { ...none, monitors: [own] })).toMatchObject({
      records: [{ body: { automatic: false } }],
    });
  });
});
