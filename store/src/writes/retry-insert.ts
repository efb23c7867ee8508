import { setTimeout as sleep } from "node:timers/promises";
import { findLeewayError } from "@leeway/core/errors";

const PATIENCE_MS = 3_000;
const PAUSE_MS = 250;

/**
 * retryInsert tries an idempotent insert again while the store is away for a moment (a restart, a cut connection), for at most three
 * seconds; callers wait meanwhile. What it throws in the end is the last failure.
 */
export async function retryInsert(insert: () => Promise<void>, now: () => number): Promise<void> {
  const startedAt = now();
  for (;;) {
    try {
      await insert();
      return;
    } catch (error) {
      const isAway = findLeewayError(error, "store_unavailable") !== undefined;
      if (!isAway || now() - startedAt > PATIENCE_MS) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
