import { describe, expect, it } from "vitest";
import { FingerprintTable } from "./fingerprint-table.ts";
import { KeyIndex } from "./key-index.ts";
import { murmurHash3 } from "./murmur-hash.ts";
import { xxHash } from "./xx-hash.ts";

const keyOf = (text: string) => [murmurHash3(text), xxHash(text)] as const;

describe("the table of fingerprints", () => {
  it("never misses a key, also when full, and says maybe for hardly any unseen one", () => {
    const table = new FingerprintTable(100_000);
    for (let index = 0; index < 100_000; index++) table.add(...keyOf(`seen-${index}`));
    expect(table.count).toBe(100_000);
    for (let index = 0; index < 100_000; index++) expect(table.has(...keyOf(`seen-${index}`))).toBe(true);
    let mistaken = 0;
    for (let index = 0; index < 300_000; index++) if (table.has(...keyOf(`unseen-${index}`))) mistaken++;
    // One in 500 million is expected.
    expect(mistaken).toBeLessThanOrEqual(1);
  });

  it("holds keys whose halves are zero or would lie behind the last slot", () => {
    const table = new FingerprintTable(8);
    const keys: [low: number, high: number][] = [
      [0, 0],
      [0, -1],
      [7, -1],
      [-1, -1],
      [9, -1],
    ];
    for (const key of keys) {
      expect(table.has(...key)).toBe(false);
      table.add(...key);
      table.add(...key);
    }
    expect(table.count).toBe(5);
    for (const key of keys) expect(table.has(...key)).toBe(true);
    expect(table.has(8, -1)).toBe(false);
  });
});

describe("the key index", () => {
  const create = () => new KeyIndex({ recentKeys: 1_000, filterKeys: 1_000_000 });

  it("knows a new key, a repeated one and a conflicting one", () => {
    const index = create();
    const [low, high] = keyOf("a");
    expect(index.judge(low, high, 1, 2, 5)).toBe("new");
    index.reserve(low, high, 1, 2, 5, 7);
    expect(index.judge(low, high, 1, 2, 5)).toBe("same");
    expect(index.group).toBe(7);
    expect(index.judge(low, high, 1, 3, 5)).toBe("other");
  });

  it("keeps negative halves apart from nothing", () => {
    const index = create();
    index.reserve(-5, -6, -7, -8, 5, 1);
    expect(index.judge(-5, -6, -7, -8, 5)).toBe("same");
    expect(index.judge(-5, -6, 7, -8, 5)).toBe("other");
  });

  it("asks the database for keys of a failed group, because their rows may have landed", () => {
    const index = create();
    const [low, high] = keyOf("a");
    index.reserve(low, high, 1, 2, 5, 7);
    index.release(7);
    expect(index.judge(low, high, 1, 2, 5)).toBe("maybe");
    index.reserve(low, high, 1, 2, 5, 8);
    expect(index.judge(low, high, 1, 2, 5)).toBe("same");
  });

  it("remembers recent keys exactly and older ones as maybe", () => {
    const index = create();
    for (let key = 0; key < 5_000; key++) index.reserve(...keyOf(`${key}`), key, 0, 5, 1);
    expect(index.judge(...keyOf("4999"), 4_999, 0, 5)).toBe("same");
    expect(index.judge(...keyOf("4100"), 4_100, 0, 5)).toBe("same");
    expect(index.judge(...keyOf("0"), 0, 0, 5)).toBe("maybe");
  });

  it("asks the database for keys that another process stored, and says where both took one", () => {
    const index = create();
    const [low, high] = keyOf("theirs");
    expect(index.learn(low, high, 1, 2, 5)).toBe("absent");
    expect(index.judge(low, high, 1, 2, 5)).toBe("maybe");
    const mine = keyOf("mine");
    index.reserve(...mine, 1, 2, 5, 7);
    expect(index.learn(...mine, 1, 2, 5)).toBe("same");
    expect(index.learn(...mine, 1, 3, 5)).toBe("other");
    index.correct(...mine, 1, 3);
    expect(index.judge(...mine, 1, 3, 5)).toBe("same");
    expect(index.judge(...mine, 1, 2, 5)).toBe("other");
  });

  it("counts a key once however often it is learnt", () => {
    const index = create();
    for (let n = 0; n < 5; n++) index.learn(...keyOf("a"), 1, 2, 5);
    expect(index.keys).toBe(1);
  });

  it("says maybe for every key up to the time it has forgotten", () => {
    const index = create();
    index.forgetUntil(1_000);
    expect(index.judge(...keyOf("x"), 0, 0, 1_000)).toBe("maybe");
    expect(index.judge(...keyOf("x"), 0, 0, 1_001)).toBe("new");
  });

  it("forgets its oldest keys past the limit and says so", () => {
    const index = new KeyIndex({ recentKeys: 10, filterKeys: 300_000 });
    for (let key = 0; key < 1_000_000; key++) index.load(key, Math.imul(key, 0x9e3779b1), key);
    expect(index.judge(3, Math.imul(3, 0x9e3779b1), 0, 0, 3)).toBe("maybe");
    expect(index.keys).toBeLessThan(1_000_000);
  });
});
