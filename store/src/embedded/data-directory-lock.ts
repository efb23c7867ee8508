import { createHash } from "node:crypto";
import { mkdirSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LeewayError } from "@leeway/core/errors";
import { claimSocket } from "./claim-socket.ts";

/** DirectoryLock is held by the one process that may open a data directory. */
export interface DirectoryLock {
  release(): void;
}

/**
 * lockDataDirectory makes this process the only owner of `directory`, or throws `conflict` where another lives. The lock is a listening
 * socket, so it ends with its process however that dies, and no process number can be mistaken for it.
 */
export async function lockDataDirectory(directory: string): Promise<DirectoryLock> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const server = await claimSocket(lockPath(directory));
  if (server !== undefined) return { release: () => server.close() };
  throw new LeewayError(
    "conflict",
    `the data directory ${directory} is in use by another embedded engine; stop that one first, or set LEEWAY_DATA_DIR`,
  );
}

// A socket's path may be at most 107 bytes long, so it can't stand in the data directory itself.
function lockPath(directory: string): string {
  const digest = createHash("sha256").update(realpathSync(directory)).digest("hex").slice(0, 24);
  return join(tmpdir(), `leeway-engine-${digest}.sock`);
}
