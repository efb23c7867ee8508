import { createHash } from "node:crypto";
import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LeewayError } from "@leeway/core/errors";

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
  const path = lockPath(directory);
  for (let attempt = 0; attempt < 3; attempt++) {
    const server = await listen(path);
    if (server !== undefined) return { release: () => server.close() };
    if (await isAnswered(path)) break;
    rmSync(path, { force: true });
  }
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

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => resolve(server));
    server.unref();
  });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
