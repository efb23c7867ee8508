import type { Notification } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";

/** TestOutcome is what became of a message that tries a channel out. */
export interface TestOutcome {
  notification_id: string;
  status: Notification["status"];
  error?: string;
  /** What the receiver answered. */
  answer?: Record<string, string>;
  /** How long the attempt took. */
  took_ms?: number;
}

// A receiver has 15 seconds to answer.
const PATIENCE_MS = 20_000;
const PAUSE_MS = 200;

/** awaitTest waits until a test was tried, at most 20 seconds, and returns what became of it. */
export async function awaitTest(
  { records }: Pick<Store, "records">,
  project: string,
  { test, now, sleep }: { test: Notification; now: () => number; sleep: (ms: number) => Promise<unknown> },
): Promise<TestOutcome> {
  const deadline = now() + PATIENCE_MS;
  for (;;) {
    const current = (await records.notification.get(project, test.id)) ?? test;
    if (current.status !== "queued" || now() >= deadline) return outcomeOf(current);
    await sleep(PAUSE_MS);
  }
}

function outcomeOf({ id, status, last_error, receipt, took_ms }: Notification): TestOutcome {
  return {
    notification_id: id,
    status,
    ...(last_error === undefined ? {} : { error: last_error }),
    ...(receipt === undefined ? {} : { answer: receipt }),
    ...(took_ms === undefined ? {} : { took_ms }),
  };
}
