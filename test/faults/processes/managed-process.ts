import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { untilTrue } from "./until-true.ts";

/** The repository's root, where every process is started. */
export const ROOT = join(import.meta.dirname, "../../..");

/** ProcessSpec is what a process is started with, each time anew. */
export interface ProcessSpec {
  name: string;
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  isReady: () => Promise<boolean>;
  logPath: string;
}

/** ManagedProcess is a real process that a fault may hit. */
export interface ManagedProcess {
  readonly name: string;
  readonly kills: number;
  start(): Promise<void>;
  /** Ends it with SIGKILL and resolves when it is gone. */
  kill(): Promise<void>;
  /** Stops it from running at all, without ending it: its connections stay open. */
  freeze(): void;
  thaw(): void;
}

// A run that breaks off must not leave its processes behind.
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** createManagedProcess returns a process that is not running yet; what it prints is appended to `logPath`. */
export function createManagedProcess(spec: ProcessSpec): ManagedProcess {
  let child: ChildProcess | undefined;
  let kills = 0;
  const isGone = () => child === undefined || child.exitCode !== null || child.signalCode !== null;
  return {
    name: spec.name,
    get kills() {
      return kills;
    },
    async start() {
      const log = openSync(spec.logPath, "a");
      const started = spawn(spec.command, spec.args, {
        cwd: ROOT,
        env: { ...process.env, ...spec.env },
        stdio: ["ignore", log, log],
      });
      child = started;
      running.add(started);
      started.once("exit", () => running.delete(started));
      closeSync(log);
      const isReady = async () => {
        if (isGone()) throw new Error("gone");
        return spec.isReady();
      };
      await untilTrue(isReady, `${spec.name} getting ready`).catch((cause: unknown) => {
        throw new Error(`${spec.name}: ${readFileSync(spec.logPath, "utf8").slice(-3_000)}`, { cause });
      });
    },
    async kill() {
      if (child === undefined || isGone()) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
      kills++;
      appendFileSync(spec.logPath, "--- killed\n");
    },
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
  };
}
