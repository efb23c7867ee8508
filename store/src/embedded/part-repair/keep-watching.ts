import { statfsSync } from "node:fs";
import { z } from "zod";
import type { ConnectionPool } from "../connection-pool.ts";
import { type EngineConnection, OWN_CONTEXT } from "../engine-connection.ts";
import type { WriteWatch } from "./write-watch.ts";

/** ROOM_FOR_REPAIR is how much of the disk has to be free for a repair: taking a part out of its table writes some files. */
export const ROOM_FOR_REPAIR = 16 * 1024 * 1024;

const LOOK_EVERY_MS = 1_000;

/** keepWatching looks every second until the returned function is called; a look that fails is said, and comes again. */
export function keepWatching(watch: WriteWatch, say: (line: string) => void): () => void {
  let isLooking = false;
  let lastProblem = "";
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    watch
      .look()
      .then(
        () => "",
        (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 500),
      )
      .then((problem) => {
        isLooking = false;
        if (problem !== "" && problem !== lastProblem) say(`parts could not be checked: ${problem}`);
        lastProblem = problem;
      });
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** askRows runs one statement of the engine's front itself and returns its rows. */
export async function askRows(pool: ConnectionPool<EngineConnection>, sql: string): Promise<unknown[]> {
  const connection = await pool.acquire(new AbortController().signal);
  try {
    const { bytes } = await connection.run(sql, "JSONEachRow", OWN_CONTEXT);
    const lines = new TextDecoder().decode(bytes).split("\n").filter(Boolean);
    return lines.map((line): unknown => JSON.parse(line));
  } finally {
    pool.release(connection);
  }
}

/** readFailedWrites returns how many writes the disk has refused since the engine was opened. */
export async function readFailedWrites(ask: (sql: string) => Promise<unknown[]>): Promise<number> {
  const rows = await ask(
    "SELECT toFloat64(value) AS n FROM system.events WHERE event = 'WriteBufferFromFileDescriptorWriteFailed'",
  );
  return z.array(z.object({ n: z.number() })).parse(rows)[0]?.n ?? 0;
}

/** freeBytes returns how much of the disk under `path` is free. */
export function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}
