import { mkdtempSync, readFileSync, rmSync } from "node:fs";
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
  let launched: number[] = [];
  const told: string[] = [];
  const start = (spec: ServiceSpec, stopped = never) => {
    launched = [];
    told.length = 0;
    return startService(spec, {
      logDir: folder,
      onLaunch: (_name, pid) => launched.push(pid),
      onRestart: (name, why) => told.push(`${name}: ${why}`),
      stopped,
    });
  };

  it("leaves no process behind when it is stopped", async () => {
    const service = await start(sleeper(() => true));
    expect(isAlive(service.pid!)).toBe(true);
    await service.stop();
    expect(isAlive(service.pid!)).toBe(false);
    expect(service.restarts).toBe(0);
  });

  it("leaves none behind when the launcher is asked to stop while it is still starting", async () => {
    const stopped = new AbortController();
    const starting = start(
      sleeper(() => false),
      stopped.signal,
    );
    await expect.poll(() => readFileSync(join(folder, "sleeper.log"), "utf8")).toContain("awake");
    stopped.abort();
    await expect(starting).rejects.toThrow(/abort/i);
    expect(launched.map(isAlive)).toEqual([false]);
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
    await expect(start(spec)).rejects.toThrow(/sleeper did not get ready[\s\S]*no such disk/);
    expect(told).toEqual(Array.from({ length: 5 }, () => "sleeper: exit 3"));
    expect(new Set(launched).size).toBe(5);
  });

  it("is not ready where somebody else answers in the place of a process that has died", async () => {
    const spec = { ...sleeper(() => true), args: ["-e", "process.exit(98)"] };
    // It answers yes, but only once the process has gone.
    const isReady = async () => {
      while (launched.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 10));
      return true;
    };
    await expect(start({ ...spec, isReady })).rejects.toThrow(/did not get ready/);
  });

  it("is ended at once when the launcher is stopped while nobody answers whether it is ready", async () => {
    const stopped = new AbortController();
    const starting = start(
      { ...sleeper(() => true), isReady: () => new Promise(() => undefined) },
      stopped.signal,
    );
    setTimeout(() => stopped.abort(), 50);
    await expect(starting).rejects.toThrow(/abort/i);
    expect(launched.map(isAlive)).toEqual([false]);
  });

  it("says when it is ready again after it was killed, in a process that the launcher learns of", async () => {
    const service = await start(sleeper(() => true));
    const first = service.pid!;
    process.kill(first, "SIGKILL");
    while (isAlive(first)) await new Promise((resolve) => setTimeout(resolve, 10));
    await service.untilReady();
    expect(service.pid).not.toBe(first);
    expect(launched).toEqual([first, service.pid]);
    await service.stop();
  });
});
