import type { EnvironmentHealth } from "@leeway/store";

/** ModelHealthReading is the health of every model, or why it is not known now. */
export type ModelHealthReading =
  | { outcome: "read"; models: readonly EnvironmentHealth[] }
  | { outcome: "unknown"; reason: string };

// A scrape every few seconds, by several Prometheus servers, is no reason to ask the store as often.
const KEPT_MS = 30_000;
const PATIENCE_MS = 5_000;

/**
 * createModelHealthReader returns a function that reads the health of every model, at most once in 30 seconds however many ask. A store that fails or
 * takes longer than 5 seconds makes the health unknown, never yesterday's.
 */
export function createModelHealthReader(deps: {
  read: () => Promise<readonly EnvironmentHealth[]>;
  now: () => number;
  patienceMs?: number;
}): () => Promise<ModelHealthReading> {
  let last: { at: number; reading: Promise<ModelHealthReading> } | undefined;
  return () => {
    const at = deps.now();
    if (last === undefined || at - last.at >= KEPT_MS) {
      const reading = deps.read().then(
        (models): ModelHealthReading => ({ outcome: "read", models }),
        (error: unknown): ModelHealthReading => ({ outcome: "unknown", reason: String(error) }),
      );
      last = { at, reading };
    }
    return withPatience(last.reading, deps.patienceMs ?? PATIENCE_MS);
  };
}

function withPatience(reading: Promise<ModelHealthReading>, patienceMs: number): Promise<ModelHealthReading> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => resolve({ outcome: "unknown", reason: `the store took longer than ${patienceMs} ms` }),
      patienceMs,
    );
    reading.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
