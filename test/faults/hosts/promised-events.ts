import { createRandom } from "@leeway/core/random";
import type { PlannedPrediction } from "../traffic/planned.ts";

const DAY = 86_400_000;

/** promisedPrediction returns the n-th prediction that an SDK host with this prefix records: host and oracle work it out alike. */
export function promisedPrediction(prefix: string, n: number, today: number): PlannedPrediction {
  const random = createRandom(n * 2_654_435 + 7);
  const timestamp = today - 5 * DAY + Math.floor(((n % 2_000) / 2_000) * 5 * DAY);
  return {
    id: `${prefix}/${n}`,
    variant: 0,
    timestamp,
    sentTimestamp: timestamp,
    amount: Math.floor(random() * 1_000),
    city: random() < 0.5 ? "Oslo" : "Lima",
    score: Math.round(random() * 1_000) / 1_000,
    latencyMs: 1 + Math.floor(random() * 40),
    isOutOfRange: false,
  };
}
