import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isStillAlive, recordProcess } from "./process-identity.ts";
import { claimProcessList } from "./process-list.ts";

const LAUNCHER = `
import { claimProcessList } from ${JSON.stringify(join(import.meta.dirname, "process-list.ts"))};
import { startService } from ${JSON.stringify(join(import.meta.dirname, "child.ts"))};
const [path, logDir] = process.argv.slice(2);
const list = await claimProcessList(path);
const service = await startService(
  { name: "sleeper", command: process.execPath, args: ["-e", "setInterval(() => undefined, 1000)"], isReady: async () => true },
  { logDir, onLaunch: (name, pid) => list.set(name, pid), onRestart: () => undefined, stopped: new AbortController().signal },
);
process.kill(service.pid, "SIGKILL");
while (service.restarts === 0) await new Promise((resolve) => setTimeout(resolve, 10));
await service.untilReady();
console.log(service.pid);
`;

describe("the list of processes of a data directory", () => {
  let folder = "";
  let path = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "leeway-list-"));
    path = join(folder, "processes.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const startLauncher = async () => {
    const script = join(folder, "launcher.mts");
    writeFileSync(script, LAUNCHER);
    const launcher = spawn(process.execPath, ["--import", "tsx", script, path, folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(launcher.stdout, "data");
    return { launcher, service: Number(String(line)) };
  };

  it("lets the next launcher end what a killed one left, also what that had started again", async () => {
    const { launcher, service } = await startLauncher();
    const left = recordProcess(service)!;
    expect(JSON.parse(readFileSync(path, "utf8")).services).toEqual([{ name: "sleeper", ...left }]);
    launcher.kill("SIGKILL");
    await once(launcher, "exit");
    expect(isStillAlive(left)).toBe(true);
    const list = await claimProcessList(path);
    expect(isStillAlive(left)).toBe(false);
    list.release();
  });

  it("refuses a second launcher in one line that names the directory", async () => {
    const { launcher } = await startLauncher();
    await expect(claimProcessList(path)).rejects.toThrow(
      `the data directory ${folder} is in use by another Leeway (process ${launcher.pid})`,
    );
    launcher.kill("SIGKILL");
    await once(launcher, "exit");
    (await claimProcessList(path)).release();
  });

  it("leaves a process alone that has got the number of one that ended", async () => {
    const innocent = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"]);
    await once(innocent, "spawn");
    const recorded = { ...recordProcess(innocent.pid!)!, startedAt: "another start" };
    writeFileSync(path, JSON.stringify({ launcher: recorded, services: [{ name: "redis", ...recorded }] }));
    await claimProcessList(path);
    expect(innocent.exitCode).toBeNull();
    expect(innocent.signalCode).toBeNull();
    innocent.kill("SIGKILL");
  });

  it("takes a list that is cut short, or of an earlier version, for none", async () => {
    for (const text of [
      "",
      '{"launcher":',
      JSON.stringify({ launcher: 1, services: [{ name: "x", pid: 1 }] }),
    ]) {
      writeFileSync(path, text);
      (await claimProcessList(path)).release();
    }
  });
});
