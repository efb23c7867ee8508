import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CuttingProxy, startCuttingProxy, throughProxy } from "../faults/injectors/cutting-proxy.ts";
import { patience } from "../machine/patience.ts";
import { type LaunchedWeb, launchWeb } from "./launch-web.ts";
import { cookiesOf, postSession } from "./sign-in-client.ts";

let database: TestDatabase;
let toStore: CuttingProxy;
let isStoreAway = false;
let web: LaunchedWeb;

beforeAll(async () => {
  database = await createTestDatabase();
  toStore = await startCuttingProxy(Number(new URL(database.url).port), () =>
    isStoreAway ? { what: "request", afterBytes: 0 } : { what: "nothing" },
  );
  web = await launchWeb({ url: throughProxy(toStore.url, database.url), database: database.database });
}, patience(300_000));

afterAll(async () => {
  await web.stop();
  await toStore.close();
  await database.close();
});

// For what hangs: each answer below is due at once, or after ten seconds.
const PATIENCE_MS = patience(60_000);

/** Sends raw bytes and returns the socket with everything that came back, `ms` after the answer's head or once it closed. */
async function sendRaw(
  head: string,
  body: Buffer | string = "",
  ms = 0,
): Promise<{ text: string; socket: Socket }> {
  const { hostname, port } = new URL(web.url);
  const socket = connect(Number(port), hostname);
  let text = "";
  const isAnswered = new Promise<void>((resolve) => {
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\r\n\r\n")) resolve();
    });
  });
  socket.on("error", () => undefined);
  socket.write(head.replaceAll("\n", "\r\n"));
  socket.write(body);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    socket.once("close", end);
    void isAnswered.then(() => setTimeout(end, ms));
  });
  return { text, socket };
}

function residentMegabytes(): number {
  const status = readFileSync(`/proc/${web.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

const OWN = "Sec-Fetch-Site: same-origin\nContent-Type: application/json\n";

test("25 clients without a session send 9.5 MB each, and memory stays flat", async () => {
  await postSession(web.url);
  const before = residentMegabytes();
  const body = Buffer.alloc(9_500_000, 32);
  const head = "POST /api/session HTTP/1.1\nHost: x\nContent-Length: 10000000\n";
  const all = await Promise.all(
    Array.from({ length: 25 }, (_, index) => sendRaw(`${head}${index % 2 === 0 ? OWN : ""}\n`, body, 2_000)),
  );
  const after = residentMegabytes();
  for (const { socket } of all) socket.destroy();
  const statuses = all.map(({ text }) => text.slice(9, 12));
  expect(new Set(statuses)).toEqual(new Set(["413", "403"]));
  console.log(`resident memory: ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after`);
  expect(after - before).toBeLessThan(60);
});

test("what another site sends is refused by its head, before the body has come", async () => {
  const head = "POST /api/session HTTP/1.1\nHost: x\nOrigin: https://evil.example\nContent-Length: 60000\n\n";
  const { text, socket } = await sendRaw(head, "{");
  socket.destroy();
  expect(text).toMatch(/^HTTP\/1\.1 403 /);
});

test("a body that does not end is given up after ten seconds, without a line in the log", async () => {
  const printed = web.printed();
  const started = performance.now();
  const { text } = await sendRaw(`POST /api/session HTTP/1.1\nHost: x\n${OWN}Content-Length: 60000\n\n`, "{");
  const seconds = (performance.now() - started) / 1_000;
  expect(text).toMatch(/^HTTP\/1\.1 408 /);
  expect(seconds).toBeGreaterThan(9);
  expect(seconds).toBeLessThan(30);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(web.printed()).toBe(printed);
});

test.each([
  [
    "a body of unknown length",
    `POST /api/session HTTP/1.1\nHost: x\n${OWN}Transfer-Encoding: chunked\n\n`,
    400,
  ],
  ["TRACE", "TRACE / HTTP/1.1\nHost: x\n\n", 405],
  ["two Host headers", "GET / HTTP/1.1\nHost: x\nHost: y\n\n", 400],
  [
    "a server action of another site",
    "POST /sign-in HTTP/1.1\nHost: x\nOrigin: https://evil.example\nNext-Action: 7f\nContent-Length: 0\n\n",
    405,
  ],
])("%s is refused in one answer, without a line in the log", async (_, head, status) => {
  const printed = web.printed();
  const { text, socket } = await sendRaw(head);
  socket.destroy();
  expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(text).toContain("application/problem+json");
  expect(web.printed()).toBe(printed);
});

test("while the database is away, signing in, routes and pages answer 503 with a sentence, and work again afterwards", async () => {
  const cookie = cookiesOf(await postSession(web.url));
  const get = (path: string) => fetch(web.url + path, { headers: { cookie }, redirect: "manual" });
  expect((await get("/incidents")).status).toBe(200);
  isStoreAway = true;
  const signIn = await postSession(web.url);
  expect([signIn.status, signIn.headers.get("retry-after")]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  expect(await signIn.json()).toMatchObject({
    code: "store_unavailable",
    detail: expect.stringContaining("Try again"),
  });
  const cell = await get("/api/models/m/drift-cell?version=1&environment=production&feature=f&start=0");
  expect([cell.status, (await cell.json()).code]).toEqual([503, "store_unavailable"]);
  for (const path of ["/", "/incidents", "/models/any", "/sign-in"]) {
    const page = await get(path);
    const text = await page.text();
    expect([path, page.status, page.headers.get("retry-after")]).toEqual([path, 503, "10"]);
    expect(text).toContain("The database does not answer");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  }
  expect((await fetch(`${web.url}/sign-in`)).status).toBe(200);
  isStoreAway = false;
  expect((await get("/incidents")).status).toBe(200);
  expect((await postSession(web.url)).status).toBe(204);
});

test("without a model the overview leads to a first prediction, and says what was refused of what came", async () => {
  const cookie = cookiesOf(await postSession(web.url));
  const overview = async () => (await fetch(`${web.url}/`, { headers: { cookie } })).text();
  const empty = await overview();
  for (const part of ["Make a key", "OpenTelemetry", "Python", "Nothing came yet"])
    expect(empty).toContain(part);
  await database.store.client.insert({
    table: "refused_events",
    format: "JSONEachRow",
    values: [
      {
        ...{ project: "default", model: "", kind: "keys", code: "unauthorized", events: 2 },
        ...{ minute: Math.floor(Date.now() / 60_000) * 60, example: "the key begins with lw_ing_aB3d" },
      },
    ],
  });
  const refused = await overview();
  expect(refused).toContain("Something came and was refused");
  expect(refused).toContain("the key begins with lw_ing_aB3d");
});
