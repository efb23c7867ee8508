import { randomBytes } from "node:crypto";
import type { ApiKey } from "@leeway/core/records";
import { hashApiKey } from "@leeway/store";
import { beforeEach, describe, expect, it } from "vitest";
import { ensureBootstrapKey } from "./ensure-bootstrap-key.ts";

const stored = new Map<string, ApiKey>();
let warnings: string[] = [];
beforeEach(() => {
  stored.clear();
  warnings = [];
});
const records = {
  list: async () => [...stored.values()],
  put: async (_project: string, id: string, key: ApiKey) => void stored.set(id, key),
};
const start = (given?: string) =>
  ensureBootstrapKey(records, "p", given, { now: () => 5, randomBytes, warn: (line) => warnings.push(line) });
const revoke = (id: string) => stored.set(id, { ...(stored.get(id) as ApiKey), revoked_at: 9 });
const working = () =>
  [...stored.values()].filter((key) => key.revoked_at === undefined).map((key) => key.secret_sha256);
const [LEAKED, OTHER] = ["lw_the-first-bootstrap-key", "lw_the-other-bootstrap-key"] as const;

describe("the bootstrap key", () => {
  it("is made at random once where none is given, and shown that once", async () => {
    const key = await start();
    expect(working()).toEqual([hashApiKey(key as string)]);
    expect(await start()).toBeUndefined();
    expect(stored.size).toBe(1);
  });

  it("stays revoked at every start with the same value, and says so in one line", async () => {
    await start(LEAKED);
    revoke("bootstrap");
    await start(LEAKED);
    expect(working()).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/LEEWAY_BOOTSTRAP_API_KEY was revoked/)]);
    await start();
    expect(working()).toEqual([]);
  });

  it("is made anew by another value, and the revoked value is remembered even then", async () => {
    await start(LEAKED);
    revoke("bootstrap");
    await start(OTHER);
    expect(working()).toEqual([hashApiKey(OTHER)]);
    await start(LEAKED);
    expect(working()).toEqual([hashApiKey(OTHER)]);
    expect(warnings).toHaveLength(1);
  });

  it("replaces the one of a former value", async () => {
    await start(LEAKED);
    await start(OTHER);
    expect(working()).toEqual([hashApiKey(OTHER)]);
  });
});
