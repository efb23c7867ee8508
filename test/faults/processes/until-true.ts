import { setTimeout as sleep } from "node:timers/promises";
import { patience } from "../../machine/patience.ts";

/** untilTrue asks until `isTrue` holds and returns how long that took in milliseconds; throws, naming `what`, after `quietMs`, or as much more as the machine is slower. A question that fails counts as no. */
export async function untilTrue(
  isTrue: () => Promise<boolean>,
  what: string,
  quietMs = 60_000,
  everyMs = 50,
): Promise<number> {
  const patienceMs = patience(quietMs);
  const startedAt = Date.now();
  while (!(await isTrue().catch(() => false))) {
    if (Date.now() - startedAt > patienceMs)
      throw new Error(`${what} did not happen within ${patienceMs} ms`);
    await sleep(everyMs);
  }
  return Date.now() - startedAt;
}
