import { resolve } from "node:path";
import { LeewayError } from "@leeway/core/errors";
import { z } from "zod";

const environmentSchema = z.object({
  LEEWAY_DATA_DIR: z.string().min(1).default(".leeway"),
  LEEWAY_ENGINE_PORT: z.coerce.number().int().min(0).max(65_535).default(4703),
  LEEWAY_ENGINE_PASSWORD: z.string().min(16),
  LEEWAY_ENGINE_MEMORY_SHARE: z.coerce.number().gt(0).max(1).default(0.5),
  UV_THREADPOOL_SIZE: z.coerce.number().int().min(1).max(1024).default(4),
});

/** EngineConfig is how the embedded engine is run. */
export interface EngineConfig {
  dataDir: string;
  port: number;
  /** What every client has to know; without one any local program could read and write the data. */
  password: string;
  /** Share of the machine's memory that one statement may take before it spills to disk or fails. */
  memoryShare: number;
  threads: number;
}

/** parseEngineConfig reads the environment once; every problem in it is listed in one `invalid_request`. */
export function parseEngineConfig(environment: Readonly<Record<string, string | undefined>>): EngineConfig {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    const list = problems.map(({ path, message }) => `${path}: ${message}`).join("; ");
    throw new LeewayError("invalid_request", `The engine's settings are not usable: ${list}`, { problems });
  }
  const settings = parsed.data;
  return {
    dataDir: resolve(settings.LEEWAY_DATA_DIR),
    port: settings.LEEWAY_ENGINE_PORT,
    password: settings.LEEWAY_ENGINE_PASSWORD,
    memoryShare: settings.LEEWAY_ENGINE_MEMORY_SHARE,
    threads: settings.UV_THREADPOOL_SIZE,
  };
}
