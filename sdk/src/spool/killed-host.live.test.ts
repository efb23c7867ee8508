import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLeeway } from "../index.ts";
import { type FakeIngest, startFakeIngest } from "../testing/fake-ingest.ts";

const HOST = fileURLToPath(new URL("../testing/spooling-host.ts", import.meta.url));
let dir: string;
let ingest: FakeIngest;
const children: ChildProcess[] = [];

beforeEach(async () => {
  dir = mkdtempSync(`${tmpdir()}/leeway-killed-`);
  ingest = await startFakeIngest();
});
afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await ingest.close();
  rmSync(dir, { recursive: true, force: true });
});

function startHost(prefix: string, count: number) {
  const args = ["--import", "tsx", HOST, ingest.url, dir, prefix, String(count)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

interface Report {
  readonly recorded: number;
  readonly buffered: number;
  readonly spooled: number;
}

function report(child: ChildProcess, isWanted: (report: Report) => boolean): Promise<Report> {
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("the host ended first")));
    child.stdout?.on("data", (chunk: Buffer) => {
      const seen = chunk
        .toString()
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Report);
      const wanted = seen.find(isWanted);
      if (wanted !== undefined) resolve(wanted);
    });
  });
}

/** An heir is a client that records nothing itself and delivers what others left. */
async function deliverLeftovers(): Promise<ReturnType<ReturnType<typeof createLeeway>["stats"]>> {
  const heir = createLeeway({ url: ingest.url, apiKey: "k", model: "spooled", version: "1", spoolDir: dir });
  expect(await heir.flush({ timeoutMs: 120_000 })).toBe(true);
  return heir.close();
}

describe("a host that is killed", () => {
  it("has everything that was spooled delivered exactly once by the next process, after an outage", async () => {
    ingest.behave = () => "refuse";
    const host = startHost("outage", 500);
    const seen = await report(host, ({ recorded, buffered }) => recorded === 500 && buffered === 0);
    expect(seen.spooled).toBe(500);
    await kill(host);
    expect(ingest.arrivals.size).toBe(0);

    ingest.behave = () => "accept";
    const stats = await deliverLeftovers();
    expect(ingest.arrivals.size).toBe(500);
    expect(new Set(ingest.arrivals.values())).toEqual(new Set([1]));
    expect(stats.predictions).toMatchObject({ recorded: 0, recovered: 500, accepted: 500 });
    expect(readdirSync(dir)).toEqual([]);
  });

  it("loses and doubles nothing that was spooled when killed again and again in the middle of deliveries and hang-ups", async () => {
    let requests = 0;
    ingest.behave = () => (["accept", "drop", "accept", "refuse"] as const)[requests++ % 4] ?? "accept";
    for (const [round, delayMs] of [0, 7, 23].entries()) {
      const host = startHost(`round${round}`, 400);
      await report(host, ({ recorded, buffered }) => recorded === 400 && buffered === 0);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      await kill(host);
    }
    ingest.behave = () => "accept";
    await deliverLeftovers();
    expect(ingest.arrivals.size).toBe(1_200);
    expect(new Set(ingest.arrivals.values())).toEqual(new Set([1]));
    expect(ingest.conflicts).toBe(0);
  });
});
