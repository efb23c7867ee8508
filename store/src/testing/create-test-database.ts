import { createStore, type Store } from "../create-store.ts";
import { copyMigratedFolder, TEMPLATE_DATABASE } from "./migrated-folder.ts";
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
 * createTestDatabase returns a fresh, migrated database in an embedded engine of its own, with a store over it. `now` is the store's clock; the
 * real one where absent. Tests of one file share it: each has a project of its own there.
 */
export async function createTestDatabase(options: { now?: () => number } = {}): Promise<TestDatabase> {
  const engine = await startTestEngine(await copyMigratedFolder());
  const database = TEMPLATE_DATABASE;
  const store = createStore({ url: engine.url, database, now: options.now ?? Date.now });
  return {
    url: engine.url,
    database,
    store,
    engine,
    async close() {
      await store.close();
      await engine.stop();
    },
  };
}
