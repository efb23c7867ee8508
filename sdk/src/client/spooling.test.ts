import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemRuntime } from "../config.ts";
import type { HttpAnswer, HttpRequest, SdkRuntime } from "../runtime.ts";
import { acceptAll, answerOf, eventsOf } from "../testing/fake-runtime.ts";
import { createLeeway } from "./create-leeway.ts";
import type { LeewayOptions } from "./options.ts";
import type { Problem } from "./problem.ts";
import type { EventCounts, LeewayStats } from "./stats.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(`${tmpdir()}/leeway-client-`);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const EVENT = { features: { text: "x".repeat(100) }, prediction: { value: 1 } };

function textOf(request: HttpRequest): HttpRequest {
  const body = typeof request.body === "string" ? request.body : new TextDecoder().decode(request.body);
  return { ...request, body };
}

function setUp(answer: (request: HttpRequest) => HttpAnswer, options: Partial<LeewayOptions> = {}) {
  const problems: Problem[] = [];
  const exits = new Set<() => void>();
  const requests: HttpRequest[] = [];
  const runtime: SdkRuntime = {
    ...systemRuntime(),
    atExit(task) {
      exits.add(task);
      return () => exits.delete(task);
    },
    async post(request) {
      const readable = textOf(request);
      requests.push(readable);
      return answer(readable);
    },
  };
  const leeway = createLeeway(
    {
      url: "http://127.0.0.1:4700",
      apiKey: "k",
      model: "m",
      version: "1",
      spoolDir: dir,
      batchSize: 10,
      flushIntervalMs: 5,
      onError: (problem) => problems.push(problem),
      ...options,
    },
    runtime,
  );
  return { leeway, problems, exits, requests };
}

function openCount({ recorded, recovered, ...fates }: EventCounts): number {
  return recorded + recovered - Object.values(fates).reduce((sum, count) => sum + count, 0);
}

function expectAccounted({ predictions, labels, samples, buffered, spool }: LeewayStats): void {
  const open = openCount(predictions) + openCount(labels) + openCount(samples);
  expect(open).toBe(buffered + (spool?.events ?? 0));
}

async function until(isReached: () => boolean): Promise<void> {
  await expect.poll(isReached, { interval: 2, timeout: 20_000 }).toBe(true);
}

const refuseAll = () => answerOf(503);

describe("createLeeway with a spool", () => {
  it("keeps what it could not deliver for the next client, and delivers it there once", async () => {
    const first = setUp(refuseAll);
    for (let n = 0; n < 25; n++) first.leeway.predict(EVENT);
    const closed = await first.leeway.close({ deadlineMs: 200 });
    expect(closed.predictions).toMatchObject({ recorded: 25, dropped: 0, accepted: 0 });
    expectAccounted(closed);

    const second = setUp(acceptAll);
    expect(await second.leeway.flush()).toBe(true);
    expect(second.leeway.stats().predictions).toMatchObject({ recorded: 0, recovered: 25, accepted: 25 });
    await second.leeway.close();
    expect(readdirSync(dir)).toEqual([]);
  });

  it("keeps a batch on disk while the key is wrong, and surfaces it", async () => {
    const { leeway, problems } = setUp(() => answerOf(401));
    leeway.predict(EVENT);
    await until(() => problems.length > 0);
    await leeway.close({ deadlineMs: 100 });
    expect(problems.map((problem) => problem.kind)).toEqual(["misconfigured"]);
    const second = setUp(acceptAll);
    await second.leeway.flush();
    expect(second.leeway.stats().predictions.accepted).toBe(1);
    await second.leeway.close();
  });

  it("saves what is in memory when the process exits on the spot", async () => {
    const first = setUp(refuseAll, { flushIntervalMs: 60_000 });
    await until(() => first.leeway.stats().spool !== null);
    for (let n = 0; n < 3; n++) first.leeway.predict(EVENT);
    for (const exit of first.exits) exit();
    const saved = readdirSync(dir, { recursive: true }).filter((name) => String(name).endsWith(".seg"));
    expect(saved).toHaveLength(1);
    await first.leeway.close({ deadlineMs: 10 });
  });

  it("does not disturb the exit of a host whose disk fails at that moment", async () => {
    const { leeway, exits, problems } = setUp(refuseAll, { flushIntervalMs: 60_000 });
    await until(() => leeway.stats().spool !== null);
    leeway.predict(EVENT);
    rmSync(dir, { recursive: true, force: true });
    for (const exit of exits) exit();
    expect(problems.map((problem) => problem.kind)).toContain("spool");
    await leeway.close({ deadlineMs: 10 });
  });

  it.each(["drop_oldest", "drop_newest"] as const)(
    "stays within its size under %s and accounts for every event",
    async (dropPolicy) => {
      const { leeway } = setUp(refuseAll, { dropPolicy, spoolMaxBytes: 20_000, bufferCapacity: 30 });
      await until(() => leeway.stats().spool !== null);
      await until(() => {
        for (let n = 0; n < 10; n++) leeway.predict(EVENT);
        const { spool, predictions } = leeway.stats();
        expect(spool?.bytes).toBeLessThanOrEqual(20_000);
        return (spool?.bytes ?? 0) > 10_000 && predictions.dropped > 200;
      });
      const closed = await leeway.close({ deadlineMs: 50 });
      expectAccounted(closed);
    },
  );

  it("goes on from memory when the folder can't be used, and says so", async () => {
    writeFileSync(`${dir}/file`, "");
    const { leeway, problems, requests } = setUp(acceptAll, { spoolDir: `${dir}/file` });
    leeway.predict(EVENT);
    expect(await leeway.flush()).toBe(true);
    expect(eventsOf(requests[0])).toHaveLength(1);
    expect(problems.map((problem) => problem.kind)).toEqual(["spool"]);
    await leeway.close();
  });
});
