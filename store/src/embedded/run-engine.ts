import { LeewayError } from "@leeway/core/errors";
import { parseEngineConfig } from "./config.ts";
import { startEngine } from "./start-engine.ts";

const GRACE_MS = 10_000;

/** runEngine runs this process as an engine until it is asked to end; `settings` hold wherever a statement does not set its own. */
export async function runEngine(
  environment: NodeJS.ProcessEnv,
  settings: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  try {
    const engine = await startEngine(parseEngineConfig(environment), settings);
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
}
