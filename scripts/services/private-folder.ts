import { chmodSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

// What the engine keeps below is reached through its folder only, and may be some hundred thousand files.
const DEPTH = 2;

/**
 * makePrivate makes `folder` and what lies in it readable by this user alone, and so whatever this process and its children will make: data of an earlier version, or of
 * another umask, is open to everybody on the machine.
 */
export function makePrivate(folder: string): void {
  process.umask(0o077);
  mkdirSync(folder, { recursive: true });
  close(folder, DEPTH);
}

function close(path: string, depth: number): void {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return;
  const wanted = entry.isDirectory() ? 0o700 : 0o600;
  if ((entry.mode & 0o777) !== wanted) chmodSync(path, wanted);
  if (!entry.isDirectory() || depth === 0) return;
  for (const name of readdirSync(path)) close(join(path, name), depth - 1);
}
