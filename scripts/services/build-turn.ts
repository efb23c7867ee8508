import { createHash, randomUUID } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isStillAlive, type RecordedProcess, recordProcess } from "./process-identity.ts";

const ASK_EVERY_MS = 200;

/** takeBuildTurn waits until no other process builds in `folder`, and returns what ends this one's turn. A process that died has no turn any more. */
export async function takeBuildTurn(folder: string, stopped?: AbortSignal): Promise<() => void> {
  const key = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  const path = join(tmpdir(), `leeway-build-${key}.json`);
  const own = `${path}.${randomUUID()}`;
  writeFileSync(own, JSON.stringify(recordProcess(process.pid)));
  try {
    while (!isTaken(own, path)) {
      stopped?.throwIfAborted();
      if (isLeftOver(path)) rmSync(path, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(path, { force: true });
}

/** Takes the turn by a second name for a file that is complete already, so that nobody reads half of it. */
function isTaken(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function isLeftOver(path: string): boolean {
  try {
    return !isStillAlive(JSON.parse(readFileSync(path, "utf8")) as RecordedProcess);
  } catch (error) {
    // The turn has just ended.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}
