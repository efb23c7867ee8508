import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { buildWeb } from "../../scripts/services/build-web.ts";
import { freePort } from "../machine/free-port.ts";
import { patience } from "../machine/patience.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The administrator of the started web app. */
export const ADMIN = { email: "ada@example.org", password: "correct-horse-battery" };

/** LaunchedWeb is a process of the web app as it is run in production. */
export interface LaunchedWeb {
  url: string;
  pid: number;
  /** Everything it has printed so far. */
  printed(): string;
  stop(): Promise<void>;
}

/** launchWeb builds the web app where its sources have changed and starts it over a database; `env` is set on top. */
export async function launchWeb(
  database: { url: string; database: string },
  env: Record<string, string> = {},
): Promise<LaunchedWeb> {
  const [port] = await Promise.all([freePort(), buildWeb(ROOT, () => undefined)]);
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ["--import", "tsx", join(ROOT, "web/src/main.ts")], {
    cwd: join(ROOT, "web"),
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      LEEWAY_WEB_PORT: String(port),
      CLICKHOUSE_URL: database.url,
      CLICKHOUSE_DATABASE: database.database,
      LEEWAY_PUBLIC_URL: url,
      LEEWAY_ADMIN_EMAIL: ADMIN.email,
      LEEWAY_ADMIN_PASSWORD: ADMIN.password,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await answers(`${url}/readyz`, () => printed);
  if (child.pid === undefined) throw new Error("the web app has no process");
  return {
    url,
    pid: child.pid,
    printed: () => printed,
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function answers(url: string, printed: () => string): Promise<void> {
  const deadline = performance.now() + patience(60_000);
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
