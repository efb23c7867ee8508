import { sendTraffic } from "../traffic/send-traffic.ts";
import type { CaseContext } from "./fault-case.ts";

/** sendUnderFault sends the model's traffic at a steady pace while `strike` does its worst, and resolves when both are done. */
export async function sendUnderFault(
  { world, oracle, traffic }: CaseContext,
  strike: () => Promise<void>,
  options: { paceMs?: number; timeoutMs?: number } = {},
): Promise<void> {
  const failed = new AbortController();
  const sending = sendTraffic(traffic(), oracle, {
    urlOf: () => world.url,
    senders: 4,
    paceMs: options.paceMs ?? 160,
    timeoutMs: options.timeoutMs ?? 4_000,
    patienceMs: 90_000,
    signal: failed.signal,
  });
  const striking = strike().catch((error: unknown) => {
    failed.abort(error);
    throw error;
  });
  await Promise.all([striking, sending]);
}
