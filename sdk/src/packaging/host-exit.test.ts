import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

const INDEX = fileURLToPath(new URL("../index.ts", import.meta.url));
let server: Server;
let url: string;
let received: number;
let isSilent: boolean;

beforeEach(async () => {
  received = 0;
  isSilent = false;
  server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const count = (JSON.parse(text) as { predictions: unknown[] }).predictions.length;
    received += count;
    if (!isSilent) response.end(JSON.stringify({ accepted: count, duplicate: 0, rejected: [] }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function runHost(afterwards: string): Promise<{ code: number; ms: number }> {
  const source = `import { createLeeway } from ${JSON.stringify(INDEX)};
    const leeway = createLeeway({ url: "${url}", apiKey: "k", model: "m", version: "1", flushIntervalMs: 50, requestTimeoutMs: 600_000, onError() {} });
    for (let n = 0; n < 10; n++) leeway.predict({ features: { n }, prediction: { value: n } });
    ${afterwards}
    process.on("exit", () => console.log("done"));`;
  const args = ["--import", "tsx", "--input-type=module", "-e", source];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const startedAt = performance.now();
  const [code] = (await once(child, "exit")) as [number];
  return { code, ms: performance.now() - startedAt };
}

it("a script that just ends has its last events delivered on the way out", async () => {
  expect((await runHost("")).code).toBe(0);
  expect(received).toBe(10);
});

it("a script that ends with a request on its way to a silent server exits all the same, soon", async () => {
  isSilent = true;
  const { code, ms } = await runHost("setTimeout(() => undefined, 200);");
  expect(code).toBe(0);
  // What the host has sent may still be on its way through this process.
  await expect.poll(() => received).toBe(10);
  // Far below the ten minutes that the request would wait.
  expect(ms).toBeLessThan(120_000);
});

it("a script that awaits flush gets an answer, although nothing else holds the process open", async () => {
  expect((await runHost("if (!(await leeway.flush())) process.exit(9);")).code).toBe(0);
  expect(received).toBe(10);
});
