import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { buildWeb } from "../../scripts/services/build-web.ts";
import { freePort } from "../../scripts/services/free-port.ts";
import { type SeededWeb, seedWeb } from "../fixtures/web/seed-web.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The administrator of the started web app. */
export const ADMIN = { email: "ada@example.org", password: "correct-horse-battery" };

/** StartedWeb is the web app as it is run in production, over a database of its own. */
export interface StartedWeb {
  url: string;
  database: TestDatabase;
  seeded: SeededWeb;
  stop(): Promise<void>;
}

/** startWeb builds the web app where its sources have changed, fills a fresh database and starts the app over it. */
export async function startWeb(): Promise<StartedWeb> {
  const [database, port] = await Promise.all([
    createTestDatabase(),
    freePort(),
    buildWeb(ROOT, () => undefined),
  ]);
  const seeded = await seedWeb(database.store, "default", Date.now());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [
      join(ROOT, "web/node_modules/next/dist/bin/next"),
      "start",
      "--hostname",
      "127.0.0.1",
      "--port",
      String(port),
    ],
    {
      cwd: join(ROOT, "web"),
      env: {
        ...process.env,
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        CLICKHOUSE_URL: database.url,
        CLICKHOUSE_DATABASE: database.database,
        LEEWAY_PUBLIC_URL: url,
        LEEWAY_ADMIN_EMAIL: ADMIN.email,
        LEEWAY_ADMIN_PASSWORD: ADMIN.password,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await answers(`${url}/readyz`, () => printed);
  return {
    url,
    database,
    seeded,
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      await database.close();
    },
  };
}

async function answers(url: string, printed: () => string): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const isThere = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isThere) return;
    if (performance.now() > deadline) throw new Error(`the web app did not start:\n${printed()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
