import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

interface ProcessList {
  launcher: number;
  services: { name: string; pid: number }[];
}

/**
 * claimProcessList makes this process the one launcher of a data directory. Services left over by a launcher that was killed are ended
 * first; where another launcher still lives, it throws one line that says so.
 */
export async function claimProcessList(path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const left = read(path);
  if (left !== undefined && left.launcher !== process.pid && isAlive(left.launcher))
    throw new Error(
      `Leeway already runs on this data directory (process ${left.launcher}). Stop it, or set LEEWAY_DATA_DIR to another folder.`,
    );
  const orphans = (left?.services ?? []).map(({ pid }) => pid).filter(isAlive);
  for (const pid of orphans) signal(pid, "SIGTERM");
  for (let waited = 0; waited < 8_000 && orphans.some(isAlive); waited += 100) await sleep(100);
  for (const pid of orphans.filter(isAlive)) signal(pid, "SIGKILL");
  writeProcessList(path, []);
}

/** writeProcessList records which services this launcher runs, for the next launcher, should this one be killed. */
export function writeProcessList(path: string, services: ProcessList["services"]): void {
  writeFileSync(path, JSON.stringify({ launcher: process.pid, services } satisfies ProcessList));
}

/** releaseProcessList forgets this launcher. */
export function releaseProcessList(path: string): void {
  rmSync(path, { force: true });
}

function read(path: string): ProcessList | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as ProcessList;
  } catch {
    // Cut short by a crash while it was written: nothing can be known of the processes it named.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  return signal(pid, 0);
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
