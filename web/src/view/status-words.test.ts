import { expect, it } from "vitest";
import { diskWords, formatBytes } from "./status-words.ts";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_200, "1.2 kB"],
  [8_310_000_000, "8.3 GB"],
  [64_000_000_000, "64 GB"],
])("%d bytes read %s", (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

it("a disk that is nearly full deserves attention", () => {
  expect(diskWords({ freeBytes: 5e9, totalBytes: 100e9 })).toEqual({
    words: "5.0 GB of 100 GB free (5\u00a0%)",
    isLow: true,
  });
  expect(diskWords({ freeBytes: 50e9, totalBytes: 100e9 }).isLow).toBe(false);
});
