import {
  CHANNEL_FIELDS,
  CHANNEL_KINDS,
  type ChannelKind,
  channelInputSchema,
  channelSchema,
} from "@leeway/core/channels";
import { putInput } from "@leeway/core/input";
import { describe, expect, it } from "vitest";
import { channelForm } from "./channel-form.ts";
import { type ChannelField, channelWish } from "./channel-wish.ts";

const channelOf = (kind: ChannelKind, changes: object = {}) =>
  channelSchema.parse({
    ...{ id: "c", name: "ml alerts", enabled: true, created_at: 0, kind, ...CHANNEL_KINDS[kind].example },
    ...changes,
  });

/** What a browser has of a form that nobody touched. */
const untouched = (fields: readonly ChannelField[]) => (name: string) => {
  const { input, value } = fields.find((field) => field.name === name)!;
  if (input === "check") return value === "" ? [] : [value];
  return input === "choices" ? value.split("\n").filter((line) => line !== "") : [value];
};

describe.each(Object.keys(CHANNEL_KINDS) as ChannelKind[])("the form of a channel of kind %s", (kind) => {
  it("asks for what the API asks for", () => {
    const asked = channelForm(kind).fields.map(({ name }) => name);
    const known = Object.keys(CHANNEL_KINDS[kind].fields).filter((name) => name !== "previous_secret");
    expect(asked.sort()).toEqual(expect.arrayContaining(["name", ...known].sort()));
  });

  it("makes a channel of what is filled in", () => {
    const { example } = CHANNEL_KINDS[kind];
    const { fields } = channelForm(kind);
    const filled = { name: "ml alerts", ...example } as Record<string, unknown>;
    const values = (name: string) => {
      const value = filled[name];
      if (value === undefined) return untouched(fields)(name);
      return Array.isArray(value) ? value.map(String) : [String(value)];
    };
    const wish = channelWish(fields, values, true);
    if (wish.outcome !== "wish") throw new Error(wish.message);
    expect(channelInputSchema.parse({ kind, ...wish.body })).toMatchObject({ name: "ml alerts", kind });
  });

  it("shows no secret, and changes nothing where nobody touched it", () => {
    const subscribes = { severities: ["page", "ticket"], models: ["fraud-*"], owners: ["#risk"] };
    const channel = channelOf(kind, { subscribes });
    const { fields } = channelForm(kind, channel);
    for (const { name, value, isSecret } of fields) {
      if (isSecret) expect([name, value]).toEqual([name, ""]);
    }
    const wish = channelWish(fields, untouched(fields), false);
    if (wish.outcome !== "wish") throw new Error(wish.message);
    const after = putInput(channelInputSchema, Object.keys(CHANNEL_FIELDS), channel, wish.body);
    const { id: _id, created_at: _at, ...before } = channel;
    expect(after).toEqual(before);
  });
});

describe("channelWish", () => {
  const field = (name: string, input: ChannelField["input"]): ChannelField => ({
    ...{ name, input, label: name, value: "", isRequired: false, isKept: false, isSecret: false },
  });
  it("joins what is said of one thing, and takes it away where nothing is said any more", () => {
    const fields = [field("subscribes.severities", "choices"), field("subscribes.models", "lines")];
    const values: Record<string, string[]> = { "subscribes.severities": ["page", "ticket"] };
    const wish = channelWish(fields, (name) => values[name] ?? [], false);
    expect(wish).toEqual({ outcome: "wish", body: { subscribes: { severities: ["page", "ticket"] } } });
    expect(channelWish(fields, () => [], false)).toEqual({ outcome: "wish", body: { subscribes: null } });
    expect(channelWish(fields, () => [], true)).toEqual({ outcome: "wish", body: {} });
  });

  it("takes away what was emptied, and says which field is no JSON", () => {
    const fields = [field("token", "text"), field("models", "lines"), field("cool_down", "duration")];
    const values: Record<string, string[]> = { token: [""], models: ["a, b\n\nc"], cool_down: ["0"] };
    expect(channelWish(fields, (name) => values[name] ?? [], false)).toEqual({
      outcome: "wish",
      body: { token: null, models: ["a", "b", "c"], cool_down: 0 },
    });
    expect(channelWish([field("target", "json")], () => ["{"], true)).toMatchObject({
      outcome: "unreadable",
    });
  });
});
