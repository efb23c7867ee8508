import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { ServiceSpec } from "./child.ts";
import { requireProgram } from "./debian-package.ts";

/** RedisOptions say where the Redis of a launcher lives and who may speak to it. */
export interface RedisOptions {
  port: number;
  dataDir: string;
  password: string;
  say: (line: string) => void;
}

/** redisSpec describes a Redis (or Valkey) server on loopback with its data in `<dataDir>/redis`; append-only, and never evicting: its keys are queues and locks. */
export function redisSpec({ port, dataDir, password, say }: RedisOptions): ServiceSpec {
  const folder = join(dataDir, "redis");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const configPath = join(folder, "redis.conf");
  // A file, because everybody on the machine sees the arguments of every process.
  writeFileSync(
    configPath,
    [
      `port ${port}`,
      "bind 127.0.0.1",
      `dir ${JSON.stringify(folder)}`,
      `requirepass ${password}`,
      "appendonly yes",
      "maxmemory-policy noeviction",
      'save ""',
      "",
    ].join("\n"),
    { mode: 0o600 },
  );
  return {
    name: "redis",
    command: requireProgram(["redis-server", "valkey-server"], "redis-server", say),
    args: [configPath],
    isReady: () => answersPing(port, password),
  };
}

function answersPing(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    let answer = "";
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on("data", (data) => {
      answer += data.toString();
      if (/^\+PONG\r\n/m.test(answer)) resolve(true);
      if (/^(?:\+PONG|-)/m.test(answer)) socket.destroy();
    });
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
  });
}
