import { LeewayError } from "@leeway/core/errors";

const TIMEOUT_MS = 5_000;

/**
 * sendHeartbeat tells the outside that the schedule was looked after: when these calls stop, whoever receives them knows that nobody is judging
 * any more. Throws `delivery_failed` where the receiver can't be reached.
 */
export async function sendHeartbeat(url: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((cause: unknown) => {
    throw new LeewayError("delivery_failed", "the heartbeat's receiver could not be reached", { cause });
  });
  await answer.arrayBuffer();
  if (!answer.ok)
    throw new LeewayError("delivery_failed", `the heartbeat's receiver answered ${answer.status}`);
}
