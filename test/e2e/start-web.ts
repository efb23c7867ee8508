import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { type SeededWeb, seedWeb } from "../fixtures/web/seed-web.ts";
import { launchWeb } from "./launch-web.ts";

/** StartedWeb is the web app as it is run in production, over a database of its own with models in it. */
export interface StartedWeb {
  url: string;
  database: TestDatabase;
  seeded: SeededWeb;
  stop(): Promise<void>;
}

/** startWeb fills a fresh database and starts the app over it. */
export async function startWeb(): Promise<StartedWeb> {
  const database = await createTestDatabase();
  const seeded = await seedWeb(database.store, "default", Date.now());
  const web = await launchWeb(database);
  return {
    url: web.url,
    database,
    seeded,
    async stop() {
      await web.stop();
      await database.close();
    },
  };
}
