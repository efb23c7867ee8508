import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** findOnPath returns the full path of the first of `names` that is an executable on PATH. */
export function findOnPath(names: readonly string[]): string | undefined {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

/**
 * requireProgram returns the path of the first of `names` found on PATH; where there is none it installs Debian's `packageName`, as root
 * or by passwordless sudo, and where it may not, throws one line that says what to install.
 */
export function requireProgram(
  names: readonly string[],
  packageName: string,
  say: (line: string) => void,
): string {
  const found = findOnPath(names);
  if (found !== undefined) return found;
  const missing = `${names[0]} was not found on PATH. Install it (Debian, Ubuntu: apt-get install ${packageName}; macOS: brew install ${packageName.replace("-server", "")}) and run this again.`;
  const apt = findOnPath(["apt-get"]);
  const asRoot = rootPrefix();
  if (apt === undefined || asRoot === undefined) throw new Error(missing);
  say(`installing Debian's ${packageName} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const run = (args: string[]) => {
    const [command = apt, ...rest] = [...asRoot, apt, ...args];
    return spawnSync(command, rest, { env, stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  };
  const install = ["install", "--yes", "--no-install-recommends", packageName];
  if (!run(install) && !(run(["update"]) && run(install))) throw new Error(missing);
  const installed = findOnPath(names);
  if (installed === undefined) throw new Error(missing);
  return installed;
}

function rootPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return [];
  return spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0
    ? ["sudo", "-n", "-E"]
    : undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
