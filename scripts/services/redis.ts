import { mkdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { ServiceSpec } from "./child.ts";
import { requireProgram } from "./debian-package.ts";

/** redisSpec describes a Redis (or Valkey) server on loopback with its data in `<dataDir>/redis`; append-only, and never evicting: its keys are queues and locks. */
export function redisSpec(port: number, dataDir: string, say: (line: string) => void): ServiceSpec {
  const folder = join(dataDir, "redis");
  mkdirSync(folder, { recursive: true });
  return {
    name: "redis",
    command: requireProgram(["redis-server", "valkey-server"], "redis-server", say),
    args: [
      ["--port", String(port)],
      ["--bind", "127.0.0.1"],
      ["--dir", folder],
      ["--appendonly", "yes"],
      ["--maxmemory-policy", "noeviction"],
      ["--save", ""],
    ].flat(),
    isReady: () => answersPing(port),
  };
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once("data", (data) => {
      resolve(data.toString().startsWith("+PONG"));
      socket.destroy();
    });
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
  });
}
