import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isPlausibleKey, makeApiKey } from "./api-key.ts";

describe("an API key", () => {
  it("is made of its scope, 178 random bits and a checksum", () => {
    const key = makeApiKey(["ingest"], randomBytes);
    expect(key).toMatch(/^lw_ing_[0-9A-Za-z]{36}$/);
    expect(makeApiKey(["read", "admin"], randomBytes)).toMatch(/^lw_admin_/);
    expect(makeApiKey(["ingest"], randomBytes)).not.toBe(key);
    expect(isPlausibleKey(key)).toBe(true);
  });

  it("is refused with a mistyped character, before anything is looked up", () => {
    const key = makeApiKey(["ingest"], randomBytes);
    const flipped = `${key.slice(0, 12)}${key[12] === "a" ? "b" : "a"}${key.slice(13)}`;
    expect(isPlausibleKey(flipped)).toBe(false);
  });

  it("may be of the operator's own choosing when it is long enough", () => {
    expect(isPlausibleKey("lw_my-own-bootstrap-key")).toBe(true);
    expect(isPlausibleKey("lw_short")).toBe(false);
    expect(isPlausibleKey("sk-something-else-entirely")).toBe(false);
    expect(isPlausibleKey(`lw_${"x".repeat(8_000)}`)).toBe(false);
  });
});
