import { createServer } from "node:http";
import { join } from "node:path";
import next from "next";
import { createGate } from "./gate/create-gate.ts";
import { parseConfig } from "./server/config.ts";

// Ten seconds are enough for 64 kB over any line. What is not complete by then is answered 408.
const REQUEST_TIMEOUT_MS = 10_000;
// How long a browser that does not read its answer may hold up the end.
const LAST_ANSWERS_MS = 5_000;

const config = configOrExit();
const app = next({
  dir: join(import.meta.dirname, ".."),
  dev: false,
  hostname: config.listen.host,
  port: config.listen.port,
});
await app.prepare();
const server = createServer(
  {
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: 1_000,
  },
  createGate(config, app.getRequestHandler()),
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
server.listen(config.listen.port, config.listen.host, () => {
  console.log(`Leeway's pages are at ${config.publicUrl} (port ${config.listen.port})`);
});

function configOrExit() {
  try {
    return parseConfig(process.env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

function stop(): void {
  server.close(() => {
    void app.close().finally(() => process.exit(0));
  });
  setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS).unref();
}
