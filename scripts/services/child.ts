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
  /** untilReady resolves once the service is ready (again), and throws where it does not get there. */
  untilReady(): Promise<void>;
  stop(): Promise<void>;
}

/** Supervision is what a launcher wants to learn of its services, and how it ends their start. */
export interface Supervision {
  logDir: string;
  /** Called with each process that becomes the service, the first and those after it. */
  onLaunch: (name: string, pid: number) => void;
  onRestart: (name: string, why: string) => void;
  stopped: AbortSignal;
}

/** GRACE_MS is how long a service may take to end after SIGTERM: longer than the analyzer gives a pass that is under way (20 s). */
export const GRACE_MS = 25_000;

const ASK_EVERY_MS = 100;
const ASK_PATIENCE_MS = 5_000;
const RESTART_AFTER_MS = 500;
const MAXIMUM_RESTARTS = 5;

/**
 * startService starts `spec`, waits until it is ready, and keeps it running: a process that dies is started again after half a second. Its output goes to
 * `<logDir>/<name>.log`. Where `stopped` aborts before it is ready, it is ended and the call throws.
 */
export async function startService(spec: ServiceSpec, supervision: Supervision): Promise<Service> {
  const { logDir, stopped } = supervision;
  stopped.throwIfAborted();
  mkdirSync(logDir, { recursive: true, mode: 0o700 });
  const logPath = join(logDir, `${spec.name}.log`);
  const log = openSync(logPath, "a", 0o600);
  const supervised = superviseProcess(spec, log, supervision);
  const untilReady = async () => {
    const deadline = Date.now() + (spec.readyWithinMs ?? 60_000);
    const restartsBefore = supervised.restarts;
    while (!(await isReadyNow(spec, supervised, stopped))) {
      stopped.throwIfAborted();
      if (Date.now() > deadline || supervised.restarts - restartsBefore >= MAXIMUM_RESTARTS)
        throw new Error(`${spec.name} did not get ready. The end of ${logPath}:\n${tail(logPath)}`);
      await pause(ASK_EVERY_MS, stopped);
    }
  };
  const service: Service = {
    name: spec.name,
    get pid() {
      return supervised.child?.pid;
    },
    get restarts() {
      return supervised.restarts;
    },
    untilReady,
    async stop() {
      await supervised.end();
      closeSync(log);
    },
  };
  try {
    await untilReady();
    return service;
  } catch (error) {
    await service.stop();
    throw error;
  }
}

interface SupervisedProcess {
  readonly child: ChildProcess | undefined;
  readonly restarts: number;
  end(): Promise<void>;
}

function superviseProcess(spec: ServiceSpec, log: number, supervision: Supervision): SupervisedProcess {
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
    if (started.pid !== undefined) supervision.onLaunch(spec.name, started.pid);
    exited = new Promise((resolve) => {
      const onEnd = (why: string) => {
        resolve();
        if (isStopping) return;
        restarts += 1;
        supervision.onRestart(spec.name, why);
        setTimeout(() => {
          if (!isStopping) launch();
        }, RESTART_AFTER_MS);
      };
      started.once("error", (error) => onEnd(error.message));
      started.once("exit", (code, signal) => onEnd(signal ?? `exit ${code}`));
    });
  };
  launch();
  return {
    get child() {
      return child;
    },
    get restarts() {
      return restarts;
    },
    async end() {
      isStopping = true;
      child?.kill("SIGTERM");
      const timer = setTimeout(() => child?.kill("SIGKILL"), GRACE_MS);
      if (child !== undefined && isRunning(child)) await exited;
      clearTimeout(timer);
    },
  };
}

// An answer counts only while the process that was started lives: what answers at the address of a dead one is somebody else.
async function isReadyNow(
  spec: ServiceSpec,
  supervised: SupervisedProcess,
  stopped: AbortSignal,
): Promise<boolean> {
  const asked = supervised.child;
  const isAnswered = await answerOf(spec.isReady(), ASK_PATIENCE_MS, stopped);
  return isAnswered && asked !== undefined && asked === supervised.child && isRunning(asked);
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** answerOf resolves with the answer, or with false where it fails, takes longer than `ms`, or nobody waits for it any more. */
function answerOf(asked: Promise<boolean>, ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isYes: boolean) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
      resolve(isYes);
    };
    const giveUp = () => settle(false);
    const timer = setTimeout(giveUp, ms);
    signal.addEventListener("abort", giveUp);
    asked.then(settle, giveUp);
  });
}

/** pause resolves after `ms`, or when `signal` aborts; the process stays alive until then. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

function tail(path: string): string {
  return readFileSync(path, "utf8").split("\n").slice(-25).join("\n");
}
