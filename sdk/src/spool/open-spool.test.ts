import * as fs from "node:fs";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Batch } from "../buffer/encode-batch.ts";
import { type KindCounts, noEvents } from "../delivery/batch-source.ts";
import { openSpool, type SpoolDeps, type SpoolOptions } from "./open-spool.ts";
import { folderName } from "./owner.ts";
import { encodeRecord } from "./record.ts";
import type { Spool } from "./spool.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(`${tmpdir()}/leeway-spool-`);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const told = { recovered: noEvents(), dropped: noEvents(), damaged: noEvents() };
beforeEach(() => {
  for (const counts of Object.values(told)) Object.assign(counts, noEvents());
});
const add = (into: KindCounts) => (counts: KindCounts) => {
  for (const kind of ["predictions", "labels", "samples"] as const) into[kind] += counts[kind];
};

function open(
  pid: number,
  running: readonly number[],
  options: Partial<SpoolOptions> = {},
  deps: Partial<SpoolDeps> = {},
) {
  return openSpool(
    { dir, maxBytes: 1_000_000, dropPolicy: "drop_oldest", isSynced: true, ...options },
    {
      fs,
      owner: { host: "host", pid, startId: "boot-1", token: "t" },
      startIdOf: (asked) => (running.includes(asked) ? "boot-1" : null),
      now: () => 1_767_225_600_000,
      schedule: () => () => undefined,
      events: { recovered: add(told.recovered), dropped: add(told.dropped), damaged: add(told.damaged) },
      ...deps,
    },
  );
}

function batch(id: string, size = 20): Batch {
  const body = id.padEnd(size, ".");
  return { kind: "predictions", id, count: 10, body, isGzip: false, isStored: false };
}

async function drain(spool: Spool): Promise<string[]> {
  const ids: string[] = [];
  for (let next = await spool.next(); next !== null; next = await spool.next()) {
    ids.push(next.id);
    await spool.settle(next.id);
  }
  return ids;
}

function segmentFiles(): string[] {
  return readdirSync(dir, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".seg"));
}

describe("openSpool", () => {
  it.each([0, 30, 1_000_000])(
    "hands out what was appended, in order, with %i bytes of memory, and leaves nothing behind when all is settled",
    async (freshBytes) => {
      const spool = await open(1, [1], { freshBytes });
      for (const id of ["a", "b", "c"]) expect(await spool.append(batch(id))).toBe("spooled");
      expect(spool.waiting().predictions).toBe(30);
      expect(await drain(spool)).toEqual(["a", "b", "c"]);
      expect(spool.waiting().predictions).toBe(0);
      await spool.close();
      expect(readdirSync(dir)).toEqual([]);
    },
  );

  it("takes over what a dead process left, once, and starts after what that one had settled", async () => {
    const first = await open(1, [1]);
    for (const id of ["a", "b", "c"]) await first.append(batch(id));
    await first.settle((await first.next())?.id as string);
    await first.next();

    const alive = await open(2, [1, 2]);
    expect(await drain(alive)).toEqual([]);
    const heirs = await Promise.all([open(3, [2, 3, 4]), open(4, [2, 3, 4])]);
    const drained = await Promise.all(heirs.map(drain));
    expect(drained.flat().sort()).toEqual(["b", "c"]);
    expect(told.recovered.predictions).toBe(20);
  });

  it("leaves what is not settled to the next process when it closes", async () => {
    const first = await open(1, [1]);
    await first.append(batch("a"));
    await first.next();
    await first.close();
    const second = await open(2, [1, 2]);
    expect(await drain(second)).toEqual(["a"]);
    await second.close();
    expect(readdirSync(dir)).toEqual([]);
  });

  it("settles out of order without forgetting an earlier batch", async () => {
    const first = await open(1, [1]);
    for (const id of ["a", "b", "c"]) await first.append(batch(id));
    await first.next();
    await first.next();
    await first.settle("b");
    const second = await open(2, [2]);
    expect(await drain(second)).toEqual(["a", "b", "c"]);
  });

  it("cuts a torn tail and skips a damaged record, and counts it", async () => {
    const folder = `${dir}/${folderName({ host: "host", pid: 9, startId: "boot-1", token: "t" })}`;
    fs.mkdirSync(folder);
    const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => encodeRecord(batch(id))) as Uint8Array[];
    (b as Uint8Array)[22] = 0;
    const bytes = Buffer.concat([a, b, c, (d as Uint8Array).subarray(0, 30)] as Uint8Array[]);
    writeFileSync(`${folder}/00000001.seg`, bytes);
    const spool = await open(1, [1]);
    expect(await drain(spool)).toEqual(["a", "c"]);
    expect(spool.damagedRecords).toBe(1);
    expect(told.recovered.predictions).toBe(20);
  });

  it("skips a record that rots on the disk after it was written, and counts its events as lost", async () => {
    const spool = await open(1, [1], { freshBytes: 0 });
    for (const id of ["a", "b"]) await spool.append(batch(id));
    const file = `${dir}/${segmentFiles()[0]}`;
    const bytes = readFileSync(file);
    bytes[25] = (bytes[25] as number) ^ 1;
    writeFileSync(file, bytes);
    expect(await drain(spool)).toEqual(["b"]);
    expect(told.damaged.predictions).toBe(10);
  });

  it("keeps to its size by dropping the oldest segment, counted", async () => {
    const spool = await open(1, [1], { maxBytes: 8_000 });
    for (let n = 0; n < 30; n++) {
      expect(await spool.append(batch(`b${n}`, 500))).toBe("spooled");
      expect(spool.bytes).toBeLessThanOrEqual(8_000);
    }
    const kept = await drain(spool);
    expect(kept.at(-1)).toBe("b29");
    expect(kept.length * 10 + told.dropped.predictions).toBe(300);
    expect(kept.length).toBeGreaterThan(10);
  });

  it("keeps to its size by taking no more, when that is the policy, until there is room again", async () => {
    const spool = await open(1, [1], { maxBytes: 4_096, dropPolicy: "drop_newest" });
    const outcomes: string[] = [];
    for (let n = 0; n < 10; n++) outcomes.push(await spool.append(batch(`b${n}`, 600)));
    expect(outcomes.filter((outcome) => outcome === "spooled")).toHaveLength(6);
    expect(await drain(spool)).toHaveLength(6);
    expect(await spool.append(batch("later", 600))).toBe("spooled");
    expect(told.dropped.predictions).toBe(0);
  });

  it("fails an append when the disk does, and goes on in a new segment when it is well again", async () => {
    let isDiskFull = false;
    const failing = new Proxy(fs, {
      get: (target, name) =>
        name === "promises" ? { ...target.promises, open: openFile } : Reflect.get(target, name),
    });
    async function openFile(...args: Parameters<typeof fs.promises.open>) {
      const file = await fs.promises.open(...args);
      const { appendFile } = file;
      file.appendFile = async (data, options) => {
        if (!isDiskFull) return appendFile.call(file, data, options);
        await appendFile.call(file, (data as Uint8Array).subarray(0, 10), options);
        throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      };
      return file;
    }
    const spool = await open(1, [1], {}, { fs: failing });
    await spool.append(batch("a"));
    isDiskFull = true;
    await expect(spool.append(batch("b"))).rejects.toThrow("no space left");
    isDiskFull = false;
    await spool.append(batch("c"));
    expect(await drain(spool)).toEqual(["a", "c"]);
  });

  it("writes what is left as the process ends, for the next to find", async () => {
    const first = await open(1, [1]);
    first.appendSync([batch("a"), batch("b")]);
    const second = await open(2, [2]);
    expect(await drain(second)).toEqual(["a", "b"]);
  });
});
