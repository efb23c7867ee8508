import { rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";

const ATTEMPTS = 3;

/**
 * claimSocket returns a socket that listens at `path`, or undefined where another process has one there. A claim ends with its process however that dies: what a dead
 * one left behind does not answer, and is removed. No process number can be mistaken for it.
 */
export async function claimSocket(path: string): Promise<Server | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const server = await listen(path);
    if (server !== undefined) return server;
    if (await isAnswered(path)) return undefined;
    rmSync(path, { force: true });
  }
  return undefined;
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
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
