import { describe, expect, it } from "vitest";
import type { Batch } from "../buffer/encode-batch.ts";
import { crc32, tableCrc32 } from "./crc32.ts";
import { decodeRecord, encodeRecord, scanSegment } from "./record.ts";

function batch(id: string, text: string): Batch {
  return { kind: "labels", id, count: 3, body: text, isGzip: false, isStored: false };
}

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

describe("crc32", () => {
  it("gives the check value of the IEEE polynomial", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
  });

  it("gives the same with and without the platform's own", () => {
    const bytes = Uint8Array.from({ length: 10_000 }, (_, n) => (n * n) % 251);
    for (const length of [0, 1, 255, 10_000]) {
      expect(tableCrc32(bytes.subarray(0, length))).toBe(crc32(bytes.subarray(0, length)));
    }
  });
});

describe("spool records", () => {
  it("read back what was written", () => {
    const record = encodeRecord({ ...batch("0190-ü", '{"labels":["é"]}'), isGzip: true, kind: "samples" });
    const decoded = decodeRecord(join(Uint8Array.of(1, 2, 3), record), 3);
    expect(decoded?.length).toBe(record.length);
    expect(decoded?.batch).toMatchObject({
      kind: "samples",
      id: "0190-ü",
      count: 3,
      isGzip: true,
      isStored: true,
    });
    expect(new TextDecoder().decode(decoded?.batch.body as Uint8Array)).toBe('{"labels":["é"]}');
  });

  it("are refused when any single bit of them is flipped", () => {
    const record = encodeRecord(batch("a", "text"));
    for (let bit = 0; bit < record.length * 8; bit++) {
      const damaged = record.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(decodeRecord(damaged, 0)).toBeNull();
    }
  });

  it("are found again after a damaged one, whether its length or its payload was hit", () => {
    const [first, second, third] = ["a", "b", "c"].map((id) => encodeRecord(batch(id, `LWS1 ${id}`))) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    for (const at of [0, 5, 9, 12, second.length - 1]) {
      const damaged = second.slice();
      damaged[at] = (damaged[at] as number) ^ 0xff;
      const scan = scanSegment(join(first, damaged, third));
      expect(scan).toMatchObject({ damaged: 1, isTorn: false });
      expect(scan.records.map((record) => record.offset)).toEqual([0, first.length + second.length]);
    }
  });

  it("end at the last whole one when the tail is torn, wherever it was cut", () => {
    const whole = encodeRecord(batch("a", "first"));
    const torn = encodeRecord(batch("b", "second"));
    for (let length = 1; length < torn.length; length++) {
      expect(scanSegment(join(whole, torn.subarray(0, length)))).toMatchObject({
        records: [{ offset: 0, length: whole.length, kind: "labels", count: 3 }],
        damaged: 0,
        isTorn: true,
      });
    }
    expect(scanSegment(new Uint8Array(0))).toEqual({ records: [], damaged: 0, isTorn: false });
  });
});
