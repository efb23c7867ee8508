import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { chooseAnswerEncoding } from "./answer-encoding.ts";
import type { BodySpool } from "./body-spool.ts";
import { parseDataInsert } from "./data-insert.ts";
import type { DataFile, Engine, EngineAnswer, EngineSummary } from "./engine.ts";
import { EngineError, exceptionText, httpStatusOf, toEngineError } from "./engine-error.ts";
import { type EngineRequest, parseHttpParameters } from "./http-parameters.ts";
import { multipartParts } from "./multipart-parts.ts";
import { engineCodec, readText } from "./request-body.ts";

/** EngineServerDeps are what the HTTP front of the engine needs; only who knows the `password` may ask. */
export interface EngineServerDeps {
  engine: Engine;
  spool: BodySpool;
  password: string;
}

// Parameters travel in the URL, as ClickHouse's own limit of 1 MiB allows.
const MAXIMUM_HEADER_BYTES = 2 * 1024 * 1024;

/** createEngineServer returns an HTTP server (not yet listening) that speaks the part of ClickHouse's protocol which `@clickhouse/client` uses. */
export function createEngineServer(deps: EngineServerDeps): Server {
  const server = createServer({ maxHeaderSize: MAXIMUM_HEADER_BYTES }, (request, response) => {
    answerRequest(deps, request, response).catch((error: unknown) => sendError(response, error));
  });
  // Inserts of rows that are still being produced, and answers that take long, are no stuck clients.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 30_000;
  return server;
}

async function answerRequest(
  deps: EngineServerDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  refuseBrowsers(request);
  const url = new URL(request.url ?? "/", "http://engine");
  if (url.pathname === "/ping" || url.pathname === "/replicas_status") {
    response.end("Ok.\n");
    return;
  }
  checkPassword(deps.password, request, url);
  const abort = new AbortController();
  response.on("close", () => {
    if (!response.writableFinished) abort.abort();
  });
  const { engineRequest, data } = await readRequest(deps.spool, request, url);
  try {
    if (engineRequest.query.trim() === "") {
      response.end("Ok.\n");
      return;
    }
    const access = request.method === "POST" ? "write" : "read";
    const answer = await deps.engine.execute(engineRequest, data, abort.signal, access);
    await sendAnswer(request, response, engineRequest, answer);
  } finally {
    if (data !== undefined) await deps.spool.remove(data.path);
  }
}

async function readRequest(
  spool: BodySpool,
  request: IncomingMessage,
  url: URL,
): Promise<{ engineRequest: EngineRequest; data: DataFile | undefined }> {
  const engineRequest = parseHttpParameters(url.searchParams);
  const contentType = request.headers["content-type"] ?? "";
  if (engineRequest.query !== "" && parseDataInsert(engineRequest.query) !== undefined) {
    const compression = engineCodec(request.headers["content-encoding"]);
    const length = request.headers["content-length"];
    const path = await spool.write(request, length === undefined ? undefined : Number(length));
    return { engineRequest, data: { path, compression } };
  }
  const body = await readText(request);
  if (contentType.startsWith("multipart/form-data")) {
    return {
      engineRequest: parseHttpParameters([...url.searchParams, ...multipartParts(contentType, body)]),
      data: undefined,
    };
  }
  return splitInlineData(spool, engineRequest, body);
}

// `INSERT … FORMAT X` with its rows behind it in one body: the rows may be binary, so only the head is read as text.
async function splitInlineData(
  spool: BodySpool,
  engineRequest: EngineRequest,
  body: Buffer,
): Promise<{ engineRequest: EngineRequest; data: DataFile | undefined }> {
  const separator = engineRequest.query === "" ? "" : "\n";
  const head = `${engineRequest.query}${separator}${body.subarray(0, 65_536).toString("latin1")}`;
  const insert = parseDataInsert(head);
  if (
    insert === undefined ||
    insert.dataStart >= engineRequest.query.length + separator.length + body.length
  ) {
    const query = `${engineRequest.query}${separator}${body.toString("utf8")}`;
    return { engineRequest: { ...engineRequest, query }, data: undefined };
  }
  const textLength = insert.dataStart - engineRequest.query.length - separator.length;
  const query = `${engineRequest.query}${separator}${body.subarray(0, textLength).toString("utf8")}`;
  const rows = body.subarray(textLength);
  const lineBreak = /^[ \t]*\r?\n|^[ \t]+/.exec(rows.subarray(0, 256).toString("latin1"))?.[0].length ?? 0;
  const path = await spool.writeBuffer(rows.subarray(lineBreak));
  return { engineRequest: { ...engineRequest, query }, data: { path, compression: undefined } };
}

async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  engineRequest: EngineRequest,
  answer: EngineAnswer,
): Promise<void> {
  response.setHeader("X-ClickHouse-Query-Id", engineRequest.queryId ?? randomUUID());
  response.setHeader("X-ClickHouse-Format", answer.format);
  response.setHeader("X-ClickHouse-Server-Display-Name", "leeway-embedded");
  response.setHeader(
    "Content-Type",
    answer.format.startsWith("JSON") ? "application/json; charset=UTF-8" : "application/octet-stream",
  );
  if (answer.summary !== undefined)
    response.setHeader("X-ClickHouse-Summary", JSON.stringify(summaryHeader(answer.summary)));
  const encoding = engineRequest.wantsCompressedAnswer
    ? chooseAnswerEncoding(request.headers["accept-encoding"])
    : undefined;
  const { body } = answer;
  if (body instanceof Uint8Array && (encoding === undefined || body.length === 0)) {
    response.end(body);
    return;
  }
  const chunks = Readable.from(body instanceof Uint8Array ? [body] : body, { objectMode: false });
  if (encoding === undefined) {
    await pipeline(chunks, response);
    return;
  }
  response.setHeader("Content-Encoding", encoding.name);
  await pipeline(chunks, encoding.compressor, response);
}

function summaryHeader(summary: EngineSummary): Record<string, string> {
  return {
    read_rows: String(summary.readRows),
    read_bytes: String(summary.readBytes),
    written_rows: String(summary.writtenRows),
    written_bytes: String(summary.writtenBytes),
    total_rows_to_read: "0",
    result_rows: String(summary.writtenRows),
    result_bytes: String(summary.writtenBytes),
    elapsed_ns: String(Math.round(summary.elapsedSeconds * 1e9)),
  };
}

// A failure after the first bytes can only be shown by cutting the connection, which the client reports as an error.
function sendError(response: ServerResponse, thrown: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const error = toEngineError(thrown);
  const text = exceptionText(error);
  response.removeHeader("Content-Encoding");
  response.removeHeader("X-ClickHouse-Summary");
  response.writeHead(httpStatusOf(error.code), {
    "Content-Type": "text/plain; charset=UTF-8",
    "X-ClickHouse-Exception-Code": String(error.code),
    Connection: "close",
  });
  response.end(text);
}

// A web page open on this machine can send requests to loopback ports, and they carry an Origin.
function refuseBrowsers(request: IncomingMessage): void {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  const isLocalName = ["127.0.0.1", "localhost", "[::1]", ""].includes(host);
  if (
    !isLocalName ||
    request.headers.origin !== undefined ||
    request.headers["sec-fetch-site"] !== undefined
  ) {
    throw new EngineError(516, "AUTHENTICATION_FAILED", "The embedded engine answers local programs only");
  }
}

function checkPassword(password: string, request: IncomingMessage, url: URL): void {
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  const decoded = basic === undefined ? undefined : Buffer.from(basic, "base64").toString("utf8");
  const header = request.headers["x-clickhouse-key"];
  const given =
    (typeof header === "string" ? header : undefined) ??
    decoded?.slice(decoded.indexOf(":") + 1) ??
    url.searchParams.get("password") ??
    "";
  if (!timingSafeEqual(digestOf(password), digestOf(given))) {
    throw new EngineError(516, "AUTHENTICATION_FAILED", "Authentication failed: the password is incorrect");
  }
}

// Of one length, so that comparing them says nothing of the password's.
function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
