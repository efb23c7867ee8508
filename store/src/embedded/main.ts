import { LeewayError } from "@leeway/core/errors";
import { parseEngineConfig } from "./config.ts";
import { startEngine } from "./start-engine.ts";

const GRACE_MS = 10_000;

try {
  const engine = await startEngine(parseEngineConfig(process.env));
  process.stdout.write(`${JSON.stringify({ event: "listening", url: engine.url })}\n`);
  const stop = async () => {
    await engine.stop(GRACE_MS);
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
} catch (error) {
  if (!(error instanceof LeewayError)) throw error;
  process.stderr.write(`embedded engine: ${error.message}\n`);
  process.exit(1);
}
