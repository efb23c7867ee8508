import { existsSync, readdirSync, readFileSync } from "node:fs";
import { CHANNEL_KINDS, type ChannelKind, channelSchema, showChannel } from "@leeway/core/channels";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../config.ts";
import { createTransports } from "./create-transports.ts";
import { exampleChannel } from "./example-delivery.ts";
import { memoryRetrainings } from "./retrain/testing/memory-retrainings.ts";
import { RETRY_TABLE } from "./testing/retry-table.ts";

const root = new URL("../../../", import.meta.url);
const kinds = Object.keys(CHANNEL_KINDS) as ChannelKind[];
const places = recipePlaces();

describe("the recipe for a channel", () => {
  it("names two folders, two registries and the table of retries", () => {
    expect(places.filter((place) => place.includes("<kind>"))).toEqual([
      "core/src/channels/<kind>/",
      "analyzer/src/deliver/<kind>/",
    ]);
    expect(places.filter((place) => !place.includes("<kind>"))).toEqual([
      "core/src/channels/channel-kinds.ts",
      "analyzer/src/deliver/create-transports.ts",
      "analyzer/src/deliver/testing/retry-table.ts",
    ]);
  });

  it.each(kinds)("holds for %s: every place it names exists", (kind) => {
    const missing = places.filter((place) => !existsSync(new URL(place.replace("<kind>", kind), root)));
    expect(missing).toEqual([]);
  });

  it("holds for the registries: each has every kind, and core has no folder of an unknown kind", () => {
    const folders = readdirSync(new URL("core/src/channels/", root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    const transports = createTransports({
      config: parseConfig({ CLICKHOUSE_URL: "http://localhost:8123", REDIS_URL: "redis://localhost:6379" }),
      retrainings: memoryRetrainings(),
      now: () => 0,
    });
    const sorted = [...kinds].sort();
    expect(folders.sort()).toEqual(sorted);
    expect(Object.keys(transports).sort()).toEqual(sorted);
    expect(Object.keys(RETRY_TABLE).sort()).toEqual(sorted);
    for (const kind of kinds) expect(transports[kind].kind).toBe(kind);
  });

  it.each(kinds)("holds for %s: its example is a valid channel, and its view holds no secret", (kind) => {
    const channel = channelSchema.parse(exampleChannel(kind));
    expect(channel.kind).toBe(kind);
    for (const isWhole of [true, false]) {
      const shown = showChannel(channel, isWhole);
      expect(shown).toMatchObject({ kind, id: channel.id, name: channel.name });
      expect(shown).not.toHaveProperty("secret");
    }
  });
});

/** recipePlaces returns the paths that the recipe in CONTRIBUTING.md names, in their order. */
function recipePlaces(): string[] {
  const recipe = /- \*\*Add a channel\.\*\*(.*?)\n- \*\*/s.exec(
    readFileSync(new URL("CONTRIBUTING.md", root), "utf8"),
  );
  return [...(recipe?.[1] ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
}
