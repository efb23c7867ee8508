import type { ApiKey } from "@leeway/core/records";
import { hashApiKey } from "@leeway/store";
import { describe, expect, it } from "vitest";
import { authenticate } from "./authenticate.ts";
import { createKeyDirectory } from "./key-directory.ts";

const KEY = "lw_an-ingest-key-for-tests";

function create() {
  const state = { now: 0, loads: 0, isAway: false };
  const keys: ApiKey[] = [
    {
      id: "k1",
      name: "service",
      secret_sha256: hashApiKey(KEY),
      prefix: "lw_an",
      scopes: ["ingest"],
      created_at: 0,
    },
  ];
  const directory = createKeyDirectory({
    project: "default",
    now: () => state.now,
    load: async () => {
      state.loads++;
      if (state.isAway) throw new Error("away");
      return structuredClone(keys);
    },
  });
  return { directory, state, keys };
}

describe("authentication", () => {
  it("finds a key's principal and asks the store once in five seconds", async () => {
    const { directory, state } = create();
    for (let turn = 0; turn < 3; turn++) {
      expect(await authenticate(directory, `Bearer ${KEY}`, "ingest")).toMatchObject({ keyId: "k1" });
    }
    expect(state.loads).toBe(1);
  });

  it("refuses a missing, malformed or unknown key as unauthorized and a wrong scope as forbidden", async () => {
    const { directory } = create();
    for (const header of [undefined, "", KEY, "Basic abc", "Bearer lw_unknown-key-of-some-length"]) {
      await expect(authenticate(directory, header, "ingest")).rejects.toMatchObject({ code: "unauthorized" });
    }
    await expect(authenticate(directory, `Bearer ${KEY}`, "admin")).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("stops honouring a revoked key within two refreshes", async () => {
    const { directory, state, keys } = create();
    await directory.find(KEY);
    if (keys[0] !== undefined) keys[0].revoked_at = 1;
    state.now = 5_001;
    await directory.find(KEY);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await directory.find(KEY)).toBeUndefined();
  });

  it("stops honouring a revoked key although the clock was set back", async () => {
    const { directory, state, keys } = create();
    state.now = 3_600_000;
    await directory.find(KEY);
    if (keys[0] !== undefined) keys[0].revoked_at = 1;
    state.now = 0;
    await directory.find(KEY);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await directory.find(KEY)).toBeUndefined();
  });

  it("goes on serving known keys while the store is away", async () => {
    const { directory, state } = create();
    await directory.find(KEY);
    state.isAway = true;
    state.now = 60_000;
    expect(await directory.find(KEY)).toMatchObject({ keyId: "k1" });
  });
});
