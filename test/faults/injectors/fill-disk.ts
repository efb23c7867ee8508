import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Ballast is a file that takes all the room of a disk. */
export interface Ballast {
  bytes: number;
  remove(): void;
}

/** fillDisk writes a file into `folder` until nothing more fits. */
export function fillDisk(folder: string): Ballast {
  const path = join(folder, "ballast");
  const file = openSync(path, "w");
  let bytes = 0;
  for (let size = 4 * 1024 * 1024; size >= 4_096; ) {
    const written = tryWrite(file, Buffer.alloc(size));
    bytes += written;
    if (written < size) size = Math.floor(size / 4);
  }
  closeSync(file);
  return { bytes, remove: () => rmSync(path) };
}

function tryWrite(file: number, chunk: Buffer): number {
  try {
    return writeSync(file, chunk);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOSPC") return 0;
    throw error;
  }
}
