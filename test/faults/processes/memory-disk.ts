import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** DataFolder is where a run keeps its data; `isSmallDisk` says whether it is a disk of its own that can be filled up. */
export interface DataFolder {
  path: string;
  isSmallDisk: boolean;
  remove(): void;
}

/** mountDataFolder returns an empty folder on a memory disk of `mebibytes`, or, where mounting is not allowed, on the ordinary disk. */
export function mountDataFolder(mebibytes: number): DataFolder {
  const path = mkdtempSync(join(tmpdir(), "leeway-faults-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m`, "tmpfs", path]);
  const isSmallDisk = mounted.status === 0;
  let isThere = true;
  const remove = () => {
    if (!isThere) return;
    isThere = false;
    if (isSmallDisk) spawnSync("umount", ["-l", path]);
    rmSync(path, { recursive: true, force: true });
  };
  process.once("exit", remove);
  return { path, isSmallDisk, remove };
}
