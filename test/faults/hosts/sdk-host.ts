import { setTimeout as sleep } from "node:timers/promises";
import { createLeeway } from "@leeway/sdk";
import { patience } from "../../machine/patience.ts";
import { promisedPrediction } from "./promised-events.ts";

// An inference service that records until it has recorded COUNT or is killed: sdk-host.ts URL KEY SPOOL_DIR MODEL PREFIX COUNT TODAY PAUSE_MS
const [url, apiKey, spoolDir, model, prefix, count, today, pauseMs] = process.argv.slice(2) as [
  ...[string, string, string, string],
  ...[string, string, string, string],
];
const leeway = createLeeway({
  ...{ url, apiKey, model, version: "1", spoolDir },
  ...{ batchSize: 25, flushIntervalMs: 10, requestTimeoutMs: 3_000, onError: () => undefined },
});
for (let n = 0; n < Number(count); ) {
  for (let burst = 0; burst < 100 && n < Number(count); burst++, n++) {
    const planned = promisedPrediction(prefix, n, Number(today));
    leeway.predict({
      id: planned.id,
      timestamp: planned.timestamp,
      features: { amount: planned.amount, city: planned.city },
      prediction: { score: planned.score },
      latencyMs: planned.latencyMs,
    });
  }
  // What is no longer in memory is on disk or was acknowledged: the SDK has promised it.
  while (leeway.stats().buffered > 0) await sleep(1);
  process.stdout.write(`${JSON.stringify({ promised: n })}\n`);
  await sleep(Number(pauseMs));
}
const isDelivered = await leeway.flush({ timeoutMs: patience(60_000) });
const { predictions, spool } = await leeway.close();
process.stdout.write(`${JSON.stringify({ isDelivered, spooled: spool?.events ?? 0, ...predictions })}\n`);
