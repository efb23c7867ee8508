import { randomUUID } from "node:crypto";
import { createStore, type Store } from "../create-store.ts";
import { startTestEngine, type TestEngine } from "./start-test-engine.ts";

/** TestDatabase is a migrated database that no other suite sees. */
export interface TestDatabase {
  url: string;
  database: string;
  store: Store;
  engine: TestEngine;
  close(): Promise<void>;
}

/**
 * createTestDatabase returns a fresh, migrated database with a store over it. It starts an embedded engine of its own, or uses `engine` and
 * then leaves it running on close. `now` is the store's clock; the real one where absent.
 */
export async function createTestDatabase(
  options: { engine?: TestEngine; now?: () => number } = {},
): Promise<TestDatabase> {
  const engine = options.engine ?? (await startTestEngine());
  const database = `test_${randomUUID().replaceAll("-", "")}`;
  const store = createStore({ url: engine.url, database, now: options.now ?? Date.now });
  await store.migrate();
  return {
    url: engine.url,
    database,
    store,
    engine,
    async close() {
      await store.close();
      if (options.engine === undefined) await engine.stop();
    },
  };
}
