import { expect, test } from "vitest";
import { createByteCache } from "./byte-cache.ts";
import { retainedBytes } from "./retained-bytes.ts";

const column = (length: number) => async () => new Float64Array(length);

test("what is kept is not made again", async () => {
  const cache = createByteCache(10_000);
  const first = await cache(["a"], column(10));
  expect(await cache(["a"], column(10))).toBe(first);
});

test("the longest unused goes first, as soon as bytes and not entries exceed the capacity", async () => {
  const cache = createByteCache(10_000);
  const large = await cache(["large"], column(500));
  const other = await cache(["other"], column(500));
  expect(await cache(["large"], column(1))).toBe(large);
  await cache(["newest"], column(500));
  expect(await cache(["large"], column(1))).toBe(large);
  expect(await cache(["other"], column(1))).not.toBe(other);
});

test("what is larger than the whole cache, or undefined, drives nothing out", async () => {
  const cache = createByteCache(10_000);
  const small = await cache(["small"], column(10));
  await cache(["huge"], column(10_000));
  await cache(["nothing"], async () => undefined);
  expect(await cache(["small"], column(1))).toBe(small);
});

test("two who make the same at once count once", async () => {
  const cache = createByteCache(10_000);
  await Promise.all([cache(["same"], column(500)), cache(["same"], column(500))]);
  const same = await cache(["same"], column(1));
  await cache(["other"], column(500));
  expect(await cache(["same"], column(1))).toBe(same);
});

test("a value's bytes are those of all that it holds, each part once", () => {
  const shared = new Float64Array(1_000);
  expect(retainedBytes(shared)).toBe(8_040);
  const held = retainedBytes({ one: shared, two: { shared }, three: [shared] });
  expect(held).toBeGreaterThan(8_040);
  expect(held).toBeLessThan(9_000);
  expect(retainedBytes([1, 2, 3, 4])).toBe(72);
  expect(retainedBytes(new Map([["name", { seed: 1, rows: shared, last: 2 }]]))).toBeGreaterThan(8_040);
});
