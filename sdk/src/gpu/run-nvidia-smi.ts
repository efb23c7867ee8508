/** GpuQueryOutcome is what asking `nvidia-smi` came to. */
export type GpuQueryOutcome =
  | { readonly kind: "answered"; readonly text: string }
  /** absent: there is no `nvidia-smi`, or no GPU. */
  | { readonly kind: "absent"; readonly reason: string }
  /** failed: there is one, but it doesn't answer. */
  | { readonly kind: "failed"; readonly reason: string };

/** QueryGpus asks for the fields of every GPU. */
export type QueryGpus = (fields: readonly string[]) => Promise<GpuQueryOutcome>;

const NO_DEVICES = /No devices were found/i;

/**
 * createNvidiaSmi returns a query over the `nvidia-smi` command, of the GPUs or of the processes on them; a command that hangs is killed after the
 * time-out.
 */
export function createNvidiaSmi(
  timeoutMs: number,
  command = "nvidia-smi",
  query: "gpu" | "compute-apps" = "gpu",
): QueryGpus {
  return async (fields) => {
    const loaded = await import("node:child_process").catch(() => null);
    if (loaded === null) return { kind: "absent", reason: "this platform can't run nvidia-smi" };
    const args = [`--query-${query}=${fields.join(",")}`, "--format=csv,noheader,nounits"];
    return new Promise((resolve) => {
      const child = loaded.execFile(
        command,
        args,
        { timeout: timeoutMs, killSignal: "SIGKILL", windowsHide: true },
        (error, stdout, stderr) => resolve(readOutcome(error, stdout, stderr)),
      );
      // Not started (there is no such command): the callback tells why.
      if (child.pid === undefined) return;
      // A sampler must not hold the host open, not even for the length of one query.
      child.unref();
      for (const stream of [child.stdout, child.stderr]) (stream as { unref?: () => void } | null)?.unref?.();
    });
  };
}

function readOutcome(
  error: (Error & { code?: string | number | null | undefined }) | null,
  stdout: string,
  stderr: string,
): GpuQueryOutcome {
  if (error === null) {
    return NO_DEVICES.test(stdout)
      ? { kind: "absent", reason: stdout.trim() }
      : { kind: "answered", text: stdout };
  }
  if (error.code === "ENOENT") return { kind: "absent", reason: "nvidia-smi is not installed" };
  const said = `${stdout}${stderr}`.trim();
  if (NO_DEVICES.test(said)) return { kind: "absent", reason: said };
  return { kind: "failed", reason: said === "" ? error.message : said };
}
