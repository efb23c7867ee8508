import { describe, expect, it } from "vitest";
import { createBufferPool } from "./buffer-pool.ts";

describe("the buffer pool", () => {
  it("lends the memory of a body again once it was given back, for any size it holds", () => {
    const pool = createBufferPool();
    const first = pool.take(100_000);
    const second = pool.take(100_000);
    expect([first.length, second.length]).toEqual([100_000, 100_000]);
    expect(second.buffer).not.toBe(first.buffer);
    pool.give(first);
    const third = pool.take(130_000);
    expect(third.length).toBe(130_000);
    expect(third.buffer).toBe(first.buffer);
    expect(pool.take(100_000).buffer).not.toBe(first.buffer);
  });

  it("keeps no more than its share, and nothing small", () => {
    const pool = createBufferPool(131_072);
    const [first, second, small] = [pool.take(70_000), pool.take(70_000), pool.take(10)];
    for (const buffer of [first, second, small]) pool.give(buffer);
    expect(pool.take(70_000).buffer).toBe(first.buffer);
    expect(pool.take(70_000).buffer).not.toBe(second.buffer);
    expect(small.length).toBe(10);
  });
});
