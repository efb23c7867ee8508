import { writeSync } from "node:fs";
import { LeewayError } from "@leeway/core/errors";
import { parseIngestConfig } from "./config.ts";
import { createLogStream } from "./http/log-stream.ts";
import { createIngestServer } from "./server.ts";

try {
  const server = await createIngestServer(parseIngestConfig(process.env), {
    now: () => Date.now(),
    logger: { level: "info", stream: createLogStream((bytes) => writeSync(1, bytes)) },
    showKey: (key) => process.stdout.write(`API key (shown once): ${key}\n`),
  });
  const stop = async () => {
    await server.stop();
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
  await server.started;
} catch (error) {
  if (!(error instanceof LeewayError)) throw error;
  process.stderr.write(`ingest: ${error.message}\n`);
  process.exit(1);
}
