import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** RecordedProcess names a process beyond its number, which the system gives to another one day: by when it was started. */
export interface RecordedProcess {
  pid: number;
  startedAt: string;
}

/** recordProcess returns the process that has this number now, or undefined where none lives. */
export function recordProcess(pid: number): RecordedProcess | undefined {
  const startedAt = process.platform === "linux" ? startOnLinux(pid) : startByPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** isStillAlive decides whether the very process that was recorded lives: another one with its number does not count. */
export function isStillAlive({ pid, startedAt }: RecordedProcess): boolean {
  return recordProcess(pid)?.startedAt === startedAt;
}

// Ticks since the machine was started, with which start of it that was.
function startOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name before it may hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${fields[19]}`;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function startByPs(pid: number): string | undefined {
  const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  return stdout.trim() === "" ? undefined : stdout.trim();
}

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH");
}
