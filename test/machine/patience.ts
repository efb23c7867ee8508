const VARIABLE = "LEEWAY_TEST_SLOWNESS";
// What the work below takes on two quiet cores, milliseconds.
const QUIET_MS = 120;
const MOST = 20;

/** measureMachine measures once, at the start of a run, how many times slower than quiet the machine works, and hands it on to every worker. */
export function measureMachine(): void {
  if (process.env[VARIABLE] !== undefined) return;
  const startedAt = performance.now();
  work();
  const slowness = (performance.now() - startedAt) / QUIET_MS;
  process.env[VARIABLE] = String(Math.min(MOST, Math.max(1, slowness)));
}

/** patience returns how long to wait, at most, for what may take `quietMs` on a quiet machine: as many times longer as this machine is slower. */
export function patience(quietMs: number): number {
  return Math.ceil(quietMs * Number(process.env[VARIABLE] ?? 1));
}

function work(): number {
  let sum = 0;
  for (let i = 1; i < 8_000_000; i++) sum = (sum + Math.sqrt(i) * (i % 7)) % 1_000_003;
  return sum;
}
