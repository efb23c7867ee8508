import type { Storage } from "@leeway/store";
import { formatPercent } from "./number-words.ts";

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** formatBytes returns an amount of bytes in the unit that reads best (`0 B`, `12 kB`, `8.3 GB`). */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : value.toFixed(0)} ${UNITS[power]}`;
}

/** LOW_SHARE is the share of a disk below which its free space deserves attention. */
const LOW_SHARE = 0.1;

/** diskWords says how much of the disk is free, and whether that is little. */
export function diskWords(disk: Storage["disk"]): { words: string; isLow: boolean } {
  if (disk === undefined) return { words: "The engine does not say how much room is left.", isLow: false };
  const share = disk.freeBytes / disk.totalBytes;
  const words = `${formatBytes(disk.freeBytes)} of ${formatBytes(disk.totalBytes)} free (${formatPercent(share, 0)})`;
  return { words, isLow: share < LOW_SHARE };
}
