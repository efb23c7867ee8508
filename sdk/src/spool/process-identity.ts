import type * as NodeFs from "node:fs";

/**
 * readStartId returns what tells a running process from any other that had its pid: boot and start time where the kernel
 * tells (Linux), "0" elsewhere; null when no such process runs.
 */
export function readStartId(fs: Pick<typeof NodeFs, "readFileSync">, pid: number): string | null {
  const boot = readText(fs, "/proc/sys/kernel/random/boot_id");
  if (boot !== null) {
    const stat = readText(fs, `/proc/${pid}/stat`);
    if (stat === null) return null;
    // The command, in parentheses, may hold spaces; the start time is the 20th field after it.
    const startTime = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return `${boot.slice(0, 8)}-${startTime ?? "0"}`;
  }
  return isRunning(pid) ? "0" : null;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not allowed to signal it: it runs.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function readText(fs: Pick<typeof NodeFs, "readFileSync">, path: string): string | null {
  try {
    return fs.readFileSync(path, "utf8");
  } catch {
    // No such file: no such process, or not Linux.
    return null;
  }
}
