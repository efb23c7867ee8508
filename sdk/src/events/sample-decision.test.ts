import { describe, expect, it } from "vitest";
import { hashId, isSampled } from "./sample-decision.ts";

describe("isSampled", () => {
  it.each([0.01, 0.1, 0.5])("keeps a share of %d, of random and of consecutive ids alike", (rate) => {
    for (const idOf of [(n: number) => `request-${n}`, (n: number) => String(n), () => crypto.randomUUID()]) {
      const kept = Array.from({ length: 20_000 }, (_, n) => idOf(n)).filter((id) =>
        isSampled(id, rate),
      ).length;
      // Five standard deviations of a binomial count.
      expect(Math.abs(kept - rate * 20_000)).toBeLessThan(5 * Math.sqrt(20_000 * rate * (1 - rate)));
    }
  });

  it("keeps at a higher rate whatever it keeps at a lower one", () => {
    for (let n = 0; n < 1_000; n++)
      if (isSampled(`id-${n}`, 0.2)) expect(isSampled(`id-${n}`, 0.3)).toBe(true);
  });

  it("decides the same in every process and version: these hashes are part of the contract", () => {
    // Computed apart from this code, in Python, from the published definitions of FNV-1a and MurmurHash3's finaliser.
    expect(["", "a", "prediction-1"].map(hashId)).toEqual([0xab3e7c0b, 0x1a80b1b3, 0x91e55f1b]);
  });
});
