import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a service is started with; `isReady` is asked until it says yes. */
export interface ServiceSpec {
  name: string;
  command: string;
  args: readonly string[];
  env?: Record<string, string>;
  isReady: () => Promise<boolean>;
  /** How long the service may take to get ready. */
  readyWithinMs?: number;
}

/** A supervised process: started again when it dies without having been asked to. */
export interface Service {
  readonly name: string;
  readonly pid: number | undefined;
  readonly restarts: number;
  stop(): Promise<void>;
}

const ASK_EVERY_MS = 100;
const RESTART_AFTER_MS = 500;
const GRACE_MS = 8_000;

/** startService starts `spec`, waits until it is ready, and keeps it running: a process that dies is started again after half a second. Its output goes to `<logDir>/<name>.log`. Where `stopped` aborts before it is ready, it is ended and the call throws. */
export async function startService(
  spec: ServiceSpec,
  logDir: string,
  onRestart: (name: string, why: string) => void,
  stopped: AbortSignal,
): Promise<Service> {
  stopped.throwIfAborted();
  mkdirSync(logDir, { recursive: true });
  const logPath = join(logDir, `${spec.name}.log`);
  const log = openSync(logPath, "a");
  let child: ChildProcess | undefined;
  let exited: Promise<void> = Promise.resolve();
  let isStopping = false;
  let restarts = 0;

  const launch = () => {
    const started = spawn(spec.command, spec.args, {
      stdio: ["ignore", log, log],
      env: { ...process.env, ...spec.env },
      // A group of its own: Ctrl-C in the terminal reaches the launcher alone, which then ends its services in order.
      detached: true,
    });
    child = started;
    exited = new Promise((resolve) => {
      const onEnd = (why: string) => {
        resolve();
        if (isStopping) return;
        restarts += 1;
        onRestart(spec.name, why);
        setTimeout(() => {
          if (!isStopping) launch();
        }, RESTART_AFTER_MS);
      };
      started.once("error", (error) => onEnd(error.message));
      started.once("exit", (code, signal) => onEnd(signal ?? `exit ${code}`));
    });
  };

  launch();
  const service: Service = {
    name: spec.name,
    get pid() {
      return child?.pid;
    },
    get restarts() {
      return restarts;
    },
    async stop() {
      isStopping = true;
      child?.kill("SIGTERM");
      const timer = setTimeout(() => child?.kill("SIGKILL"), GRACE_MS);
      if (child?.exitCode === null && child.signalCode === null) await exited;
      clearTimeout(timer);
      closeSync(log);
    },
  };

  const deadline = Date.now() + (spec.readyWithinMs ?? 60_000);
  while (!(await spec.isReady().catch(() => false))) {
    if (Date.now() > deadline || restarts >= 5) {
      await service.stop();
      throw new Error(`${spec.name} did not get ready. The end of ${logPath}:\n${tail(logPath)}`);
    }
    if (stopped.aborted) await service.stop();
    stopped.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  return service;
}

function tail(path: string): string {
  return readFileSync(path, "utf8").split("\n").slice(-25).join("\n");
}
