import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { takeBuildTurn } from "./build-turn.ts";

const SOURCES = ["web/src", "web/public", "core/src", "store/src", "pnpm-lock.yaml", "web/next.config.ts"];

/** buildWeb runs `next build` unless the build in `web/.next` was made from the very same sources; one process builds at a time, and `stopped` ends it. */
export async function buildWeb(
  root: string,
  say: (line: string) => void,
  stopped?: AbortSignal,
): Promise<void> {
  const endTurn = await takeBuildTurn(join(root, "web"), stopped);
  try {
    await buildIfChanged(root, say, stopped);
  } finally {
    endTurn();
  }
}

async function buildIfChanged(
  root: string,
  say: (line: string) => void,
  stopped: AbortSignal | undefined,
): Promise<void> {
  const stamp = join(root, "web", ".next", "leeway-sources");
  const wanted = hashOf(root);
  const isBuilt = existsSync(join(root, "web", ".next", "BUILD_ID"));
  if (isBuilt && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("building the web app …");
  await runNextBuild(root, stopped);
  writeFileSync(stamp, wanted);
}

function runNextBuild(root: string, stopped: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const output: string[] = [];
    const child = spawn(process.execPath, [join(root, "web/node_modules/next/dist/bin/next"), "build"], {
      cwd: join(root, "web"),
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
      ...(stopped === undefined ? {} : { signal: stopped }),
    });
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk.toString()));
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`the web app could not be built:\n${output.join("")}`)),
    );
  });
}

function hashOf(root: string): string {
  const hash = createHash("sha256").update(process.version);
  for (const source of SOURCES) addToHash(join(root, source));
  return hash.digest("hex");

  function addToHash(path: string): void {
    if (!existsSync(path)) return;
    if (!statSync(path).isDirectory()) {
      hash.update(path.slice(root.length)).update(readFileSync(path));
      return;
    }
    for (const name of readdirSync(path).sort()) addToHash(join(path, name));
  }
}
