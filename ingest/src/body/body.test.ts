import { Readable } from "node:stream";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import type { BodySource } from "./body-source.ts";
import { createBufferPool } from "./buffer-pool.ts";
import { createByteBudget } from "./byte-budget.ts";
import { decodeZstd } from "./decode-zstd.ts";
import { GrowingBuffer } from "./growing-buffer.ts";
import { isDeeperThan } from "./json-depth.ts";
import { readBody } from "./read-body.ts";
import { readLines } from "./read-lines.ts";

const LIMITS = { maxBytes: 100_000, maxMs: 1_000 };
const LINES = { maxBytes: 1_000_000, maxLineBytes: 20_000, maxWholeBytes: 100_000, idleMs: 20_000 };

// zstd -3 of "leeway ".repeat(2_000), made once with the reference implementation.
const ZSTD = Buffer.from("KLUv/QRYfQAAOGxlZXdheSABAKZWfDECTrXICw==", "base64");

function source(chunks: Iterable<Buffer> | AsyncIterable<Buffer>, encoding?: string): BodySource {
  return {
    stream: Readable.from(chunks),
    contentType: "application/json",
    contentEncoding: encoding,
    contentLength: undefined,
  };
}

async function linesOf(body: BodySource, limits = LINES): Promise<string[]> {
  const lines: string[] = [];
  for await (const piece of readLines(body, limits)) lines.push(...piece.toString("utf8").split("\n"));
  return lines;
}

describe("a body that comes byte by byte", () => {
  it("is copied a few times at most, not once for each byte", () => {
    const rest = new GrowingBuffer();
    const copy = vi.spyOn(Buffer.prototype, "copy");
    for (let at = 0; at < 50_000; at++) rest.append(Buffer.from([at % 251]));
    const copied = copy.mock.results.reduce((sum, { value }) => sum + Number(value), 0);
    copy.mockRestore();
    expect(copied).toBeLessThan(150_000);
    const joined = rest.take();
    expect([joined.length, joined[250], joined[49_999]]).toEqual([50_000, 250, 49_999 % 251]);
  });

  it("has the lines it has when it comes at once", async () => {
    const text = Buffer.from('{"a":1}\n\n{"b":"é"}\n{"c":3}');
    const bytes = Array.from(text, (byte) => Buffer.from([byte]));
    expect(await linesOf(source(bytes))).toEqual(text.toString().split("\n"));
  });
});

describe("reading a body", () => {
  const text = Buffer.from(JSON.stringify({ hello: "leeway".repeat(100) }));

  it.each([
    ["identity", text],
    ["gzip", gzipSync(text)],
    ["br", brotliCompressSync(text)],
  ])("decodes %s and gives every byte back to the budget", async (encoding, bytes) => {
    const budget = createByteBudget(1_000_000);
    const body = await readBody(
      source([bytes.subarray(0, 10), bytes.subarray(10)], encoding),
      LIMITS,
      budget,
    );
    expect(body.bytes.equals(text)).toBe(true);
    expect(budget.used).toBeGreaterThanOrEqual(text.length);
    body.release();
    expect(budget.used).toBe(0);
  });

  it("reads a body of known length into a pooled buffer, and gives that back as it was lent", async () => {
    const pool = createBufferPool();
    const bytes = Buffer.alloc(90_000, "leeway");
    const read = (chunks: Buffer[]) =>
      readBody({ ...source(chunks), contentLength: 90_000 }, LIMITS, createByteBudget(1e6), pool);
    const first = await read([bytes.subarray(0, 7), bytes.subarray(7)]);
    expect(first.bytes.equals(bytes)).toBe(true);
    const { buffer } = first.bytes;
    first.release();
    first.release();
    const second = await read([bytes]);
    const third = await read([bytes]);
    expect(second.bytes.buffer).toBe(buffer);
    expect(third.bytes.buffer).not.toBe(buffer);
    expect(third.bytes.equals(bytes)).toBe(true);
  });

  it("stops a decompression bomb at the limit", async () => {
    const bomb = Buffer.alloc(20_000_000);
    for (const [encoding, bytes] of [
      ["gzip", gzipSync(bomb)],
      ["br", brotliCompressSync(bomb)],
    ] as const) {
      const budget = createByteBudget(1_000_000);
      await expect(readBody(source([bytes], encoding), LIMITS, budget)).rejects.toMatchObject({
        code: "payload_too_large",
      });
      expect(budget.used).toBe(0);
    }
  });

  it("refuses what is too large, cut off, malformed or of an unknown encoding", async () => {
    const budget = createByteBudget(1_000_000);
    const read = (body: BodySource) => readBody(body, LIMITS, budget);
    await expect(read(source([Buffer.alloc(100_001)]))).rejects.toMatchObject({ code: "payload_too_large" });
    await expect(read(source([text], "gzip"))).rejects.toMatchObject({ code: "invalid_request" });
    await expect(read(source([gzipSync(text).subarray(0, 20)], "gzip"))).rejects.toMatchObject({
      code: "invalid_request",
    });
    await expect(read(source([text], "compress"))).rejects.toMatchObject({ code: "unsupported_media_type" });
    const cut = source([text]);
    cut.stream.destroy(new Error("reset"));
    await expect(read(cut)).rejects.toMatchObject({ code: "invalid_request" });
    expect(budget.used).toBe(0);
  });

  it("says busy instead of taking more than the budget", async () => {
    const budget = createByteBudget(150_000, () => 100_000);
    await expect(readBody(source([Buffer.alloc(60_000)]), LIMITS, budget)).rejects.toMatchObject({
      code: "store_overloaded",
      retryAfterSeconds: 1,
    });
    expect(budget.used).toBe(100_000);
  });

  it("gives a slow sender up", async () => {
    const slow = (async function* () {
      yield Buffer.from("{");
      await new Promise(() => undefined);
    })();
    await expect(
      readBody(source(slow), { ...LIMITS, maxMs: 50 }, createByteBudget(1_000)),
    ).rejects.toMatchObject({
      message: "the body did not arrive within 50 ms",
    });
  });
});

describe("zstd", () => {
  it("is decoded, frame after frame, within the limit", () => {
    const expected = "leeway ".repeat(2_000);
    expect(decodeZstd(ZSTD, 20_000).toString()).toBe(expected);
    expect(decodeZstd(Buffer.concat([ZSTD, ZSTD]), 30_000).length).toBe(28_000);
    expect(() => decodeZstd(Buffer.concat([ZSTD, ZSTD]), 20_000)).toThrow("more than 20000 bytes");
  });

  it("refuses a frame that asks for a huge window before setting memory aside", () => {
    const huge = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8, 0x01, 0x00, 0x00]);
    expect(() => decodeZstd(huge, 1_000)).toThrow("more than 1000 bytes");
    const second = Buffer.concat([ZSTD, huge]);
    expect(() => decodeZstd(second, 1e6)).toThrow("more than 1000000 bytes");
  });

  it("refuses anything else as malformed, whatever byte is flipped or missing", () => {
    for (let at = 0; at < ZSTD.length; at++) {
      expect(() => decodeZstd(ZSTD.subarray(0, at + 1).subarray(0, ZSTD.length - 1), 20_000)).toThrow();
    }
    expect(() => decodeZstd(Buffer.from("not zstd at all"), 20_000)).toThrow("not valid zstd");
  });
});

describe("reading lines", () => {
  it("joins lines over chunks and characters", async () => {
    const bytes = Buffer.from('{"a":"é"}\n{"b":2}\n\n{"c":3}');
    const chunks = Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1));
    expect((await linesOf(source(chunks))).filter((line) => line !== "")).toEqual([
      '{"a":"é"}',
      '{"b":2}',
      '{"c":3}',
    ]);
  });

  it("streams gzip and decodes zstd", async () => {
    expect(await linesOf(source([gzipSync("1\n2\n3")], "gzip"))).toEqual(["1", "2", "3"]);
    expect((await linesOf(source([ZSTD], "zstd"))).join("").length).toBe(14_000);
  });

  it("bounds a line, the whole and the silence between pieces", async () => {
    await expect(linesOf(source([Buffer.alloc(20_001, "x")]))).rejects.toMatchObject({
      code: "payload_too_large",
    });
    const many = Array.from({ length: 200 }, () => Buffer.from(`${"x".repeat(9_000)}\n`));
    await expect(linesOf(source(many))).rejects.toMatchObject({ code: "payload_too_large" });
    const silent = (async function* () {
      yield Buffer.from("1\n");
      await new Promise(() => undefined);
    })();
    await expect(linesOf(source(silent), { ...LINES, idleMs: 100 })).rejects.toMatchObject({
      message: "no data for 100 ms",
    });
    await expect(linesOf(source([gzipSync("1\n2").subarray(0, 15)], "gzip"))).rejects.toMatchObject({
      code: "invalid_request",
    });
  });
});

describe("JSON depth", () => {
  it("is bounded without recursing into what is too deep", () => {
    expect(isDeeperThan({ a: { b: [1] } }, 3)).toBe(false);
    expect(isDeeperThan({ a: { b: [1] } }, 2)).toBe(true);
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(isDeeperThan(deep, 32)).toBe(true);
  });
});
