import { cpSync, existsSync, mkdtempSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStore } from "../create-store.ts";
import { startTestEngine } from "./start-test-engine.ts";

// Whoever runs tests names a place that is new, and removes it at the end: what it holds is as old as the run.
const VARIABLE = "LEEWAY_TEST_TEMPLATE";

/** TEMPLATE_DATABASE is the name of the migrated database in every copy of the template. */
export const TEMPLATE_DATABASE = "test";

/** copyMigratedFolder returns a data folder of an engine with one migrated, empty database: the first caller of a run migrates, all others copy what came of it. */
export async function copyMigratedFolder(): Promise<string> {
  const template = process.env[VARIABLE];
  if (template === undefined) return migrateFolder();
  if (!existsSync(template)) {
    const folder = await migrateFolder();
    // Where several began at once, the first to end is the template; the others' folders are as good, and their own.
    if (existsSync(template)) return folder;
    try {
      renameSync(folder, template);
    } catch {
      return folder;
    }
  }
  const copy = mkdtempSync(join(tmpdir(), "leeway-test-"));
  cpSync(template, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

async function migrateFolder(): Promise<string> {
  const engine = await startTestEngine();
  const store = createStore({ url: engine.url, database: TEMPLATE_DATABASE, now: Date.now });
  try {
    await store.migrate();
  } catch (error) {
    await engine.stop();
    throw error;
  } finally {
    await store.close();
  }
  await engine.end();
  return engine.dataDir;
}
