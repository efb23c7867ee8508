import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { GRACE_MS } from "./child.ts";
import { isStillAlive, type RecordedProcess, recordProcess } from "./process-identity.ts";

const recordedSchema = z.object({ pid: z.number().int(), startedAt: z.string() });
const listSchema = z.object({
  launcher: recordedSchema,
  services: z.array(recordedSchema.extend({ name: z.string() })),
});

/** ProcessList is what a launcher leaves for the next one, should it be killed: which processes it had started. */
export interface ProcessList {
  /** set records the process that now is the service `name`. */
  set(name: string, pid: number): void;
  /** release forgets this launcher. */
  release(): void;
}

/**
 * claimProcessList makes this process the one launcher of a data directory. Services left over by a launcher that was killed are ended
 * first, and are gone when it resolves; where another launcher still lives, it throws one line that says so.
 */
export async function claimProcessList(path: string): Promise<ProcessList> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const left = read(path);
  if (left !== undefined && left.launcher.pid !== process.pid && isStillAlive(left.launcher))
    throw new Error(
      `the data directory ${dirname(path)} is in use by another Leeway (process ${left.launcher.pid}). Stop it, or set LEEWAY_DATA_DIR to another folder.`,
    );
  await endAll(left?.services ?? []);
  const services = new Map<string, RecordedProcess>();
  const launcher = recordProcess(process.pid);
  if (launcher === undefined) throw new Error("this process cannot see itself in the list of processes");
  const write = () =>
    writeWhole(
      path,
      JSON.stringify({
        launcher,
        services: [...services].map(([name, recorded]) => ({ name, ...recorded })),
      }),
    );
  write();
  return {
    set(name, pid) {
      const recorded = recordProcess(pid);
      if (recorded === undefined) services.delete(name);
      else services.set(name, recorded);
      write();
    },
    release: () => rmSync(path, { force: true }),
  };
}

async function endAll(processes: readonly RecordedProcess[]): Promise<void> {
  const left = processes.filter(isStillAlive);
  for (const { pid } of left) signal(pid, "SIGTERM");
  if (await areGone(left, GRACE_MS)) return;
  for (const { pid } of left.filter(isStillAlive)) signal(pid, "SIGKILL");
  if (!(await areGone(left, GRACE_MS)))
    throw new Error(
      `processes of an earlier Leeway do not end: ${left
        .filter(isStillAlive)
        .map(({ pid }) => pid)
        .join(", ")}`,
    );
}

async function areGone(processes: readonly RecordedProcess[], patienceMs: number): Promise<boolean> {
  for (let waited = 0; waited < patienceMs; waited += 100) {
    if (!processes.some(isStillAlive)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return !processes.some(isStillAlive);
}

// Never half of it, however this process ends.
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function read(path: string): z.output<typeof listSchema> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return listSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    // Of an earlier version, or cut short by a full disk: numbers alone say nothing about which processes they mean.
    return undefined;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended meanwhile.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
