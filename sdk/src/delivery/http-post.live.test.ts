import { once } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HttpPost } from "../runtime.ts";
import { createFetchPost } from "./fetch-post.ts";
import { createNodePost } from "./node-post.ts";

let server: http.Server;
let url: string;
let sockets: number;
const seen: { headers: http.IncomingHttpHeaders; body: string }[] = [];
const { signal } = new AbortController();

beforeEach(async () => {
  seen.length = 0;
  sockets = 0;
  server = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    seen.push({ headers: request.headers, body });
    if (request.url === "/silent") return;
    if (request.url === "/cut") {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setTimeout(() => request.socket.destroy(), 10);
      return;
    }
    if (request.url === "/moved") response.writeHead(302, { location: "/elsewhere" });
    else response.writeHead(503, { "retry-after": "9" });
    response.end("é");
  });
  server.on("connection", () => {
    sockets++;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const senders: [string, () => HttpPost][] = [
  ["createNodePost", () => createNodePost({ http, https })],
  ["createFetchPost", () => createFetchPost(fetch)],
];

describe.each(senders)("%s", (_name, createPost) => {
  const request = { headers: { "x-test": "1" }, body: "bödy", timeoutMs: 60_000, signal };

  it("sends text and bytes over connections it keeps, and reads the answer", async () => {
    const post = createPost();
    expect(await post({ ...request, url })).toEqual({ status: 503, retryAfter: "9", body: "é" });
    for (let n = 0; n < 5; n++) await post({ ...request, url, body: new TextEncoder().encode("bytes") });
    expect(seen.slice(0, 2).map(({ body }) => body)).toEqual(["bödy", "bytes"]);
    expect(seen[0]?.headers["x-test"]).toBe("1");
    // A sender may open one more while the first is being given back.
    expect(sockets).toBeLessThanOrEqual(2);
  });

  it("gives up after its time-out, when aborted, and when nobody listens", async () => {
    const post = createPost();
    await expect(post({ ...request, url: `${url}/silent`, timeoutMs: 50 })).rejects.toThrow();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await expect(post({ ...request, url: `${url}/silent`, signal: controller.signal })).rejects.toThrow();
    await expect(post({ ...request, url: "http://127.0.0.1:1" })).rejects.toThrow();
  });

  it("does not take half an answer for one", async () => {
    await expect(createPost()({ ...request, url: `${url}/cut` })).rejects.toThrow();
  });

  it("does not follow a redirect, which would turn the POST into a GET", async () => {
    expect((await createPost()({ ...request, url: `${url}/moved` })).status).toBe(302);
    expect(seen).toHaveLength(1);
  });
});
