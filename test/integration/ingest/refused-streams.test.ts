import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { LeewayError } from "@leeway/core/errors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../ingest/src/app.ts";
import { createBufferPool } from "../../../ingest/src/body/buffer-pool.ts";
import { createByteBudget } from "../../../ingest/src/body/byte-budget.ts";
import { createTurnQueue } from "../../../ingest/src/body/turn-queue.ts";
import type { EventLane } from "../../../ingest/src/events/event-lane.ts";
import { allRoutes } from "../../../ingest/src/routes/all-routes.ts";
import type { RouteDeps } from "../../../ingest/src/routes/route-deps.ts";
import { patience } from "../../machine/patience.ts";

const MIB = 1024 * 1024;
const PATIENCE_MS = patience(10_000);
const KEYS: Record<string, string[]> = { writes: ["ingest"], reads: ["read"] };
let isShut = false;

const lane = {
  ...{ kind: "predictions", field: "predictions", scan: () => undefined },
  begin: () => ({
    ...{ add: () => undefined, refuse: () => undefined, flush: async () => undefined },
    finish: async () => ({ accepted: 1, duplicate: 0, rejected: [] }),
  }),
} as unknown as EventLane;
const budget = createByteBudget(253 * MIB);
const app = createApp({
  routes: allRoutes({
    lanes: { predictions: lane },
    ingest: {
      ...{ budget, buffers: createBufferPool(), turns: createTurnQueue(), onAnswer: () => undefined },
      limiter: { check: () => undefined, take: async () => undefined },
      gate: {
        check() {
          if (isShut) throw new LeewayError("store_unavailable", "the store is not available");
        },
      },
      limits: {
        ...{ bodyBytes: MIB, bodyMs: 5_000, batchEvents: 10, streamBytes: MIB },
        ...{ streamEvents: 10_000, lineBytes: 256 * 1024 },
      },
    },
  } as unknown as RouteDeps),
  keys: {
    find: async (key) => {
      const scopes = KEYS[key];
      return scopes && { project: "p", keyId: key, name: key, scopes: scopes as never };
    },
    invalidate: () => undefined,
  },
  budget,
  system: {
    ...{ notReadyBecause: async () => undefined, tornParts: async () => [] },
    metrics: { contentType: "text/plain; version=0.0.4; charset=utf-8", metrics: async () => "" },
  },
  version: "1",
  onServed: () => undefined,
});
let port = 0;
beforeAll(async () => {
  await app.listen({ host: "127.0.0.1", port: 0 });
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  port = address.port;
});
afterAll(() => app.close());

// Lines that no encoding makes small, so that most of each body is still to come when it is refused.
const lines = (bytes: number) => {
  const text = `{"x":"${randomBytes(480).toString("base64")}"}\n`;
  return Buffer.from(
    Array.from({ length: Math.ceil(bytes / text.length) }, () =>
      text.replace("x", randomBytes(350).toString("base64")),
    ).join(""),
  );
};
const large = lines(3 * MIB);
const list = Buffer.concat([
  Buffer.from('{"predictions":['),
  Buffer.from(`"${"y".repeat(3 * MIB)}"`),
  Buffer.from("]}"),
]);
const fastBrotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const NDJSON = "application/x-ndjson";
const BODIES = {
  "a JSON body": { type: "application/json", bytes: list },
  "a JSON body in chunks": { type: "application/json", bytes: list, isChunked: true },
  lines: { type: NDJSON, bytes: large },
  "lines in chunks": { type: NDJSON, bytes: large, isChunked: true },
  "one endless line": { type: NDJSON, bytes: Buffer.alloc(3 * MIB, "z") },
  "lines, gzip": { type: NDJSON, encoding: "gzip", bytes: gzipSync(large, { level: 1 }) },
  "lines, gzip, in chunks": {
    type: NDJSON,
    encoding: "gzip",
    bytes: gzipSync(large, { level: 1 }),
    isChunked: true,
  },
  "lines, br": { type: NDJSON, encoding: "br", bytes: brotliCompressSync(large, fastBrotli) },
  "JSON, gzip": { type: "application/json", encoding: "gzip", bytes: gzipSync(large, { level: 1 }) },
  "lines, zstd": { type: NDJSON, encoding: "zstd", bytes: large },
} satisfies Record<string, Body>;

interface Body {
  type: string;
  bytes: Buffer;
  encoding?: string;
  isChunked?: boolean;
}
interface Reply {
  status: number;
  isClosed: boolean;
  body: string;
}

/** Sends a request as a simple client does: the whole body first, while it listens; then another request where the connection is kept. */
function exchange(body: Body, key: string | undefined): Promise<{ reply: Reply; next: number | "closed" }> {
  const length = body.isChunked ? "transfer-encoding: chunked" : `content-length: ${body.bytes.length}`;
  const head = [
    ...["POST /v1/predictions HTTP/1.1", "host: x", `content-type: ${body.type}`, length],
    ...(body.encoding === undefined ? [] : [`content-encoding: ${body.encoding}`]),
    ...(key === undefined ? [] : [`authorization: Bearer ${key}`]),
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const fail = (reason: string) => {
      socket.destroy();
      reject(new Error(`${reason}: ${received.slice(0, 200)}`));
    };
    const timer = setTimeout(() => fail("no answer"), PATIENCE_MS);
    let received = "";
    let reply: Reply | undefined;
    const done = (next: number | "closed") => {
      clearTimeout(timer);
      socket.destroy();
      if (reply !== undefined) resolve({ reply, next });
    };
    socket.on("error", (error) => (reply?.isClosed ? done("closed") : fail(error.message)));
    socket.on("close", () => (reply?.isClosed ? done("closed") : fail("closed without an answer")));
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      const answer = readReply(received);
      if (answer === undefined) return;
      if (reply !== undefined) return done(answer.status);
      reply = answer;
      received = "";
      if (!reply.isClosed) whenWritten(() => socket.write("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"));
    });
    let isWritten = false;
    let afterwards: (() => void) | undefined;
    const whenWritten = (act: () => void) => {
      if (isWritten) act();
      else afterwards = act;
    };
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    void writeAll(socket, body).then(() => {
      isWritten = true;
      afterwards?.();
    });
  });
}

async function writeAll(
  socket: ReturnType<typeof connect>,
  { bytes, isChunked = false }: Body,
): Promise<void> {
  for (let at = 0; at < bytes.length && !socket.destroyed; at += 65_536) {
    const piece = bytes.subarray(at, at + 65_536);
    if (isChunked) socket.write(`${piece.length.toString(16)}\r\n`);
    const isRoom = socket.write(piece);
    if (isChunked) socket.write("\r\n");
    if (!isRoom) await new Promise((resolve) => socket.once("drain", resolve).once("close", resolve));
  }
  if (isChunked && !socket.destroyed) socket.write("0\r\n\r\n");
}

function readReply(text: string): Reply | undefined {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const head = text.slice(0, headEnd).toLowerCase();
  const length = Number(/content-length: (\d+)/.exec(head)?.[1] ?? 0);
  const body = text.slice(headEnd + 4);
  if (body.length < length) return undefined;
  return { status: Number(head.slice(9, 12)), isClosed: head.includes("connection: close"), body };
}

const TOO_LARGE = Object.entries(BODIES).filter(([name]) => name !== "lines, zstd");
const REFUSALS: [number, string, Body, string | undefined][] = [
  ...TOO_LARGE.map(([name, body]) => [413, name, body, "writes"] as [number, string, Body, string]),
  ...Object.entries(BODIES).flatMap(([name, body]): [number, string, Body, string | undefined][] => [
    [401, name, body, undefined],
    [403, name, body, "reads"],
    [415, name, { ...body, type: "text/csv" }, "writes"],
    [415, `${name} in an unknown encoding`, { ...body, encoding: "lzma" }, "writes"],
    [503, name, body, "writes"],
  ]),
  ...(["gzip", "br", "zstd"] as const).flatMap((encoding): [number, string, Body, string][] => [
    [
      400,
      `lines that are no ${encoding}`,
      { type: NDJSON, encoding, bytes: large.subarray(0, MIB / 2) },
      "writes",
    ],
    [
      400,
      `chunks that are no ${encoding}`,
      { type: NDJSON, encoding, bytes: large.subarray(0, MIB / 2), isChunked: true },
      "writes",
    ],
    [
      400,
      `JSON that is no ${encoding}`,
      { type: "application/json", encoding, bytes: large.subarray(0, MIB / 2) },
      "writes",
    ],
  ]),
];

describe("a refused body", () => {
  it.each(REFUSALS)(
    "is answered with %i before the connection ends: %s",
    async (status, _name, body, key) => {
      isShut = status === 503;
      const { reply, next } = await exchange(body, key);
      expect([reply.status, JSON.parse(reply.body).status]).toEqual([status, status]);
      expect(next).toBe(reply.isClosed ? "closed" : 200);
      expect(budget.used).toBe(0);
    },
  );

  it("leaves a connection open that had none", async () => {
    isShut = false;
    const answer = await fetch(`http://127.0.0.1:${port}/v1/models`);
    expect([answer.status, answer.headers.get("connection")]).toEqual([401, "keep-alive"]);
  });
});
