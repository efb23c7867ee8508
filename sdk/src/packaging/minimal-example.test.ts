import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";

const EXAMPLE = fileURLToPath(new URL("../../examples/minimal/service.ts", import.meta.url));
const running: { child?: ChildProcess; close?: () => void } = {};
afterEach(() => {
  running.child?.kill("SIGKILL");
  running.close?.();
});

async function startReceiver(bodies: Record<string, unknown>[]): Promise<string> {
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text) as Record<string, unknown[]>;
    bodies.push(body);
    const accepted = (body["predictions"] ?? body["labels"] ?? []).length;
    response.end(JSON.stringify({ accepted, duplicate: 0, rejected: [] }));
  });
  running.close = () => server.close();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

it("the minimal example records its estimates and what the houses were sold for, and loses nothing when stopped", async () => {
  const bodies: Record<string, unknown>[] = [];
  const env = {
    ...process.env,
    LEEWAY_URL: await startReceiver(bodies),
    LEEWAY_API_KEY: "lw_test",
    PORT: "0",
  };
  const child = spawn(process.execPath, ["--import", "tsx", EXAMPLE], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.child = child;
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const base = `http://127.0.0.1:${(JSON.parse(line.toString()) as { port: number }).port}`;

  const answer = (await (await fetch(`${base}/price?area=80&rooms=3`)).json()) as {
    price: number;
    id: string;
  };
  expect(answer.price).toBe(242_000);
  await fetch(`${base}/sold?id=${answer.id}&price=251000`);
  child.kill("SIGTERM");
  const [exitCode] = await once(child, "exit");

  expect(exitCode).toBe(0);
  // The two requests are on their way at the same time: either may come first.
  const sent = (kind: string) => bodies.filter((body) => kind in body);
  expect(bodies).toHaveLength(2);
  expect(sent("predictions")).toMatchObject([
    {
      predictions: [
        {
          id: answer.id,
          model: "house-prices",
          version: "1",
          features: { area: 80, rooms: 3 },
          prediction: { value: 242_000 },
          latency_ms: expect.any(Number),
        },
      ],
    },
  ]);
  expect(sent("labels")).toMatchObject([
    { labels: [{ prediction_id: answer.id, model: "house-prices", value: 251_000 }] },
  ]);
});
