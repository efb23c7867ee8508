import { expect, it } from "vitest";
import { EngineError } from "../engine-error.ts";
import type { Suspicion } from "./repair-parts.ts";
import { sourceParts } from "./source-parts.ts";
import { tornPartOf } from "./torn-part.ts";
import { createWriteWatch } from "./write-watch.ts";

function makeWatch() {
  const disk = { failed: 0, hasRoom: true, time: 1_000_000, repairs: [] as Suspicion[] };
  const watch = createWriteWatch({
    failedWrites: async () => disk.failed,
    repair: async (suspicion) => void disk.repairs.push(suspicion),
    hasRoom: () => disk.hasRoom,
    now: () => disk.time,
  });
  return { disk, watch };
}

it("an insert is acknowledged only where the disk has refused no write since it began", async () => {
  const { disk, watch } = makeWatch();
  await watch.finish(watch.begin());
  const [first, second] = [watch.begin(), watch.begin()];
  disk.failed = 1;
  await expect(watch.finish(first)).rejects.toMatchObject({ code: 243 });
  // Its part may be the torn one as well, though the count did not rise between the two.
  await expect(watch.finish(second)).rejects.toMatchObject({ code: 243 });
});

it("no insert begins until what may be torn is repaired, which waits for room on the disk", async () => {
  const { disk, watch } = makeWatch();
  disk.failed = 2;
  disk.hasRoom = false;
  await watch.look();
  expect(() => watch.begin()).toThrow(/has to be sent again/);
  expect(disk.repairs).toEqual([]);
  disk.hasRoom = true;
  await watch.look();
  expect(disk.repairs).toEqual([{ parts: [], sinceSeconds: 940 }]);
  await watch.finish(watch.begin());
});

it("a part that could not be read is looked at once, and again where its repair failed", async () => {
  const { disk, watch } = makeWatch();
  const part = { database: "leeway", table: "records", part: "all_1_2_1" };
  watch.suspect(part);
  await watch.look();
  await watch.look();
  expect(disk.repairs).toEqual([{ parts: [part], sinceSeconds: undefined }]);
  const failing = createWriteWatch({
    failedWrites: async () => 0,
    repair: (suspicion) => {
      disk.repairs.push(suspicion);
      return Promise.reject(new Error("no"));
    },
    hasRoom: () => true,
    now: () => 0,
  });
  failing.suspect(part);
  await expect(failing.look()).rejects.toThrow("no");
  await expect(failing.look()).rejects.toThrow("no");
  expect(disk.repairs).toHaveLength(3);
});

it("the engine's words name the part that it could not read, and no other failure does", () => {
  const message =
    "Empty marks file '/d/store/dbd/x/all_1_2_1/data.cmrk4': 0, must be: 592: (while reading from part /d/store/dbd/x/all_1_2_1/ in table leeway.rollup_hours (dbdaed09) located on disk default)";
  const part = { database: "leeway", table: "rollup_hours", part: "all_1_2_1" };
  expect(tornPartOf(new EngineError(246, "CORRUPTED_DATA", message))).toEqual(part);
  expect(tornPartOf(new EngineError(241, "MEMORY_LIMIT_EXCEEDED", message))).toBeUndefined();
  expect(tornPartOf(new EngineError(33, "CANNOT_READ_ALL_DATA", "Cannot read all data"))).toBeUndefined();
});

it("a merged part is replaced by the largest parts that it was made from, where these hold all of it", () => {
  const part = (name: string, rows: number) => {
    const [partition_id, min, max, level] = name.split("_");
    return {
      name,
      rows,
      partition_id: partition_id!,
      min_block: Number(min),
      max_block: Number(max),
      level: Number(level),
    };
  };
  const merged = part("202612_1_6_2", 50);
  const older = [part("202612_1_1_0", 10), part("202612_2_3_0", 10), part("202612_1_3_1", 20)];
  const others = [
    part("202612_4_6_1", 40),
    part("202612_7_7_0", 9),
    part("202611_1_6_1", 90),
    part("202612_5_5_0", 0),
  ];
  expect(sourceParts(merged, [merged, ...older, ...others]).map(({ name }) => name)).toEqual([
    "202612_1_3_1",
    "202612_4_6_1",
  ]);
  expect(sourceParts(merged, older)).toEqual([]);
  expect(sourceParts(part("202612_1_1_0", 10), others)).toEqual([]);
});
