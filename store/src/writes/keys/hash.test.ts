import { query } from "chdb";
import { describe, expect, it } from "vitest";
import { murmurHash3 } from "./murmur-hash.ts";
import { xxHash } from "./xx-hash.ts";

const TEXTS = [
  "",
  "a",
  "ab",
  "abc",
  "abcd",
  "018f4e4e-7b1c-7d2a-9c3b-1f2e3d4c5b6a",
  "0123456789abcdef",
  "0123456789abcdef0",
  "flights\u0000v1",
  "données-ü-€",
  "🛫 flight",
  "x".repeat(1_500),
];

describe("key hashes equal the engine's own", () => {
  it.each(TEXTS.map((text) => [text.slice(0, 40), text]))("for %j", (_title, text) => {
    const literal = `unhex('${Buffer.from(text).toString("hex")}')`;
    const [murmur, xx] = JSON.parse(
      query(`SELECT murmurHash3_32(${literal}), xxHash32(${literal})`, "JSONCompactEachRow"),
    ) as [number, number];
    expect(murmurHash3(text) >>> 0).toBe(murmur);
    expect(xxHash(text) >>> 0).toBe(xx);
  });
});
