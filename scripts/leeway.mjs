#!/usr/bin/env node
// The one entry of `npm run demo`, `npm start`, `npm test` and `npm run verify`. It may use nothing but Node itself: on a fresh machine
// no package is installed yet. It installs them and hands over to scripts/<command>.ts.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
// Not in package.json's packageManager: pnpm would then look for itself in the registry and want to record that in the lock file.
const packageManager = "pnpm@12.21.0";
const commands = ["demo", "start", "test", "verify"];
const [command = "", ...args] = process.argv.slice(2);

if (!commands.includes(command)) fail(`usage: node scripts/leeway.mjs ${commands.join("|")}`);
requireNode(20, 19);
installPackages();
runScript(command, args);

function requireNode(major, minor) {
  const [haveMajor, haveMinor] = process.versions.node.split(".").map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  fail(
    `Leeway needs Node ${major}.${minor} or newer; this is ${process.versions.node}. Install it from https://nodejs.org`,
  );
}

// Installed packages are good as long as the lock file they were installed from is the present one.
function installPackages() {
  const stamp = join(root, "node_modules", ".leeway-installed");
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "pnpm-lock.yaml")))
    .update(process.versions.modules)
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say(`installing packages with ${packageManager} (once; a few minutes on a slow connection) …`);
  const install = spawnSync("npx", ["--yes", packageManager, "install", "--frozen-lockfile"], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, CI: "true", npm_config_update_notifier: "false" },
  });
  if (install.error || install.status !== 0)
    fail(
      "the packages could not be installed: see the lines above. Leeway needs npm's registry, or a mirror set in ~/.npmrc.",
    );
  writeFileSync(stamp, wanted);
}

function runScript(name, rest) {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "scripts", `${name}.ts`), ...rest], {
    cwd: root,
    stdio: "inherit",
  });
  // The script ends its own processes: this one only has to live as long as it does. A terminal sends Ctrl-C to both.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}

function say(line) {
  process.stdout.write(`leeway: ${line}\n`);
}

function fail(line) {
  process.stderr.write(`leeway: ${line}\n`);
  process.exit(1);
}
