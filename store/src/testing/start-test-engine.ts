import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

/** TestEngine is an embedded engine in a process of its own, so that a test can kill it. */
export interface TestEngine {
  /** With user and password. */
  url: string;
  dataDir: string;
  process: ChildProcess;
  /** restart starts a process again over the same data and port, once the old one has ended. */
  restart(): Promise<TestEngine>;
  /** end lets the process close its data, which stays. */
  end(): Promise<void>;
  /** stop kills the process and removes its data. */
  stop(): Promise<void>;
}

const readySchema = z.object({ event: z.literal("listening"), url: z.string() });

/** startTestEngine starts an engine on a free port, over `dataDir` or else an empty folder, and resolves when it answers. */
export function startTestEngine(dataDir = mkdtempSync(join(tmpdir(), "leeway-test-"))): Promise<TestEngine> {
  return start(dataDir, 0, randomBytes(16).toString("hex"));
}

async function start(dataDir: string, port: number, password: string): Promise<TestEngine> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", join(import.meta.dirname, "test-engine-main.ts")],
    {
      env: {
        ...process.env,
        LEEWAY_DATA_DIR: dataDir,
        LEEWAY_ENGINE_PORT: String(port),
        LEEWAY_ENGINE_PASSWORD: password,
        UV_THREADPOOL_SIZE: "12",
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const address = await Promise.race([
    firstLine(child),
    once(child, "exit").then(([code]) => {
      throw new Error(`the test engine ended with ${code} before it was ready`);
    }),
  ]);
  const url = address.replace("//", `//leeway:${password}@`);
  // A test that breaks off must not leave an engine behind.
  const killWithParent = () => child.kill("SIGKILL");
  process.once("exit", killWithParent);
  const ended = async () => {
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    process.off("exit", killWithParent);
  };
  return {
    url,
    dataDir,
    process: child,
    async restart() {
      await ended();
      return start(dataDir, Number(new URL(url).port), password);
    },
    async end() {
      child.kill("SIGTERM");
      await ended();
    },
    async stop() {
      child.kill("SIGKILL");
      await ended();
      // What a killed engine had under way may still come into a folder while it is emptied.
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    return readySchema.parse(JSON.parse(line)).url;
  }
  throw new Error("the test engine said nothing");
}
