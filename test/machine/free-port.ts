import { createServer } from "node:net";

// Below the ports that a system hands out by itself (from 32,768 on Linux): no connection and no listener on "any port" takes one of these meanwhile.
const FIRST = 20_000;
// Each of vitest's workers has ports of its own; what is started outside vitest has the first of them.
const PER_WORKER = 1_000;
const worker = Number(process.env["VITEST_POOL_ID"] ?? 0) % 12;
let next = process.pid % PER_WORKER;

/** freePort returns a TCP port of loopback on which nothing listens, and which stays free until a process that is started later takes it, also again after it was killed. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PER_WORKER; tries++) {
    const port = FIRST + worker * PER_WORKER + next;
    next = (next + 1) % PER_WORKER;
    if (await isFree(port)) return port;
  }
  throw new Error("no port of this worker is free");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(false) : reject(error),
    );
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
