import { createLeeway } from "../index.ts";

// A service that records until it is killed: node --import tsx spooling-host.ts URL SPOOL_DIR PREFIX COUNT
const [url, spoolDir, prefix, count] = process.argv.slice(2) as [string, string, string, string];
const leeway = createLeeway({
  url,
  apiKey: "lw_test",
  model: "spooled",
  version: "1",
  spoolDir,
  batchSize: 20,
  flushIntervalMs: 10,
});
for (let n = 0; n < Number(count); n++) {
  leeway.predict({ id: `${prefix}-${n}`, features: { n }, prediction: { value: n } });
  if (n % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 1));
}
for (;;) {
  const { buffered, spool, predictions } = leeway.stats();
  console.log(JSON.stringify({ buffered, spooled: spool?.events ?? 0, ...predictions }));
  await new Promise((resolve) => setTimeout(resolve, 20));
}
