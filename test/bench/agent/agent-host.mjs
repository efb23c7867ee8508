// The agent as it is published, without a compiler beside it; it is the process that is measured.
const [library = "", base = "", endpoints = "200", seconds = "60"] = process.argv.slice(2);
const { startAgent } = await import(library);

const INTERVAL_S = 15;
const agent = await startAgent({
  url: base,
  apiKey: "lw_bench",
  config: {
    interval: `${INTERVAL_S}s`,
    targets: Array.from({ length: Number(endpoints) }, (_, at) => ({
      url: `${base}/${at}`,
      version: "1",
      model: `m${at % 20}`,
    })),
  },
});
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const scrapesOf = () => agent.stats().targets.reduce((sum, { scrapes }) => sum + scrapes, 0);
await pause(INTERVAL_S * 1_000);
const before = scrapesOf();
const cpu = process.cpuUsage();
const startedMs = performance.now();
let peakRssBytes = 0;
while (performance.now() - startedMs < Number(seconds) * 1_000) {
  await pause(250);
  peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
}
const used = process.cpuUsage(cpu);
const measured = {
  cpuSeconds: (used.user + used.system) / 1e6,
  seconds: (performance.now() - startedMs) / 1_000,
  peakRssBytes,
  scrapes: scrapesOf() - before,
  failures: agent.stats().targets.reduce((sum, { failures }) => sum + failures, 0),
};
await agent.close();
const { accepted, dropped, failed, rejected } = agent.stats().sent.samples;
process.send?.({ ...measured, samples: accepted, lost: dropped + failed + rejected });
process.disconnect?.();
