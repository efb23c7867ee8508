/** HealthReading is the health of every model or channel, or why it is not known now. */
export type HealthReading<Subject> =
  | { outcome: "read"; subjects: readonly Subject[] }
  | { outcome: "unknown"; reason: string };

// A scrape every few seconds, by several Prometheus servers, is no reason to ask the store as often.
const KEPT_MS = 30_000;
const PATIENCE_MS = 5_000;

/**
 * createHealthReader returns a function that reads the health of every model or channel, at most once in 30 seconds however many ask. A store that fails or
 * takes longer than 5 seconds makes the health unknown, never yesterday's.
 */
export function createHealthReader<Subject>(deps: {
  read: () => Promise<readonly Subject[]>;
  now: () => number;
  patienceMs?: number;
}): () => Promise<HealthReading<Subject>> {
  let last: { at: number; reading: Promise<HealthReading<Subject>> } | undefined;
  return () => {
    const at = deps.now();
    if (last === undefined || at - last.at >= KEPT_MS) {
      const reading = deps.read().then(
        (subjects): HealthReading<Subject> => ({ outcome: "read", subjects }),
        (error: unknown): HealthReading<Subject> => ({ outcome: "unknown", reason: String(error) }),
      );
      last = { at, reading };
    }
    return withPatience(last.reading, deps.patienceMs ?? PATIENCE_MS);
  };
}

function withPatience<Subject>(
  reading: Promise<HealthReading<Subject>>,
  patienceMs: number,
): Promise<HealthReading<Subject>> {
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
