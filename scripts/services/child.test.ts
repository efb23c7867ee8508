import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ServiceSpec, startService } from "./child.ts";

const sleeper = (isReady: () => boolean): ServiceSpec => ({
  name: "sleeper",
  command: process.execPath,
  args: ["-e", "console.log('awake'); setInterval(() => undefined, 1000)"],
  isReady: async () => isReady(),
});
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("a service", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "leeway-child-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const never = new AbortController().signal;
  const start = (spec: ServiceSpec, signal = never) => startService(spec, folder, () => undefined, signal);

  it("leaves no process behind when it is stopped", async () => {
    const service = await start(sleeper(() => true));
    expect(isAlive(service.pid!)).toBe(true);
    await service.stop();
    expect(isAlive(service.pid!)).toBe(false);
    expect(service.restarts).toBe(0);
  });

  it("leaves none behind when the launcher is told to stop while it is still starting", async () => {
    const stopped = new AbortController();
    const pidFile = `require("node:fs").writeFileSync(${JSON.stringify(join(folder, "pid"))}, String(process.pid));`;
    const spec = sleeper(() => false);
    const starting = start({ ...spec, args: ["-e", `${pidFile} ${spec.args[1]}`] }, stopped.signal);
    while (!existsSync(join(folder, "pid"))) await new Promise((resolve) => setTimeout(resolve, 10));
    stopped.abort();
    await expect(starting).rejects.toThrow(/abort/i);
    expect(isAlive(Number(readFileSync(join(folder, "pid"), "utf8")))).toBe(false);
  });

  it("is not started at all after that", async () => {
    await expect(
      start(
        sleeper(() => true),
        AbortSignal.abort(),
      ),
    ).rejects.toThrow(/abort/i);
  });

  it("is started again when it dies, and given up with the end of its log where it never gets ready", async () => {
    const spec = { ...sleeper(() => false), args: ["-e", "console.error('no such disk'); process.exit(3)"] };
    const told: string[] = [];
    const starting = startService(spec, folder, (name, why) => told.push(`${name}: ${why}`), never);
    await expect(starting).rejects.toThrow(/sleeper did not get ready[\s\S]*no such disk/);
    expect(told).toEqual(Array.from({ length: 5 }, () => "sleeper: exit 3"));
  });
});
