import { LeewayError } from "@leeway/core/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { mediaTypeOf } from "../body/body-source.ts";
import { isInside, problemOf } from "../errors/problem.ts";
import { lingeringAnswer } from "./lingering-answer.ts";
import { createPathMethods } from "./path-methods.ts";
import type { RouteEncoding } from "./route.ts";

// The rest of a refused body is thrown away where that is cheap, and the connection goes on; else it ends after the answer.
const DRAINABLE_BYTES = 16 * 1024 * 1024;

/**
 * registerErrorHandling answers every error with its problem document, and what can't be drained with a closed connection. To be called before routes are
 * added: a path that is served under other methods only is answered with those.
 */
export function registerErrorHandling(app: FastifyInstance): void {
  const served = createPathMethods();
  app.addHook("onRoute", ({ method, url }) => served.add(method, url));
  app.addHook("onRequest", async ({ raw }) => {
    // Which of two hosts is meant a proxy before us may see otherwise.
    const hosts = raw.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host");
    if (hosts.length > 1)
      throw new LeewayError("invalid_request", "the request has more than one Host header");
  });
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const methods = served.of(path).join(", ");
    const missing = `there is no ${request.method} ${path.slice(0, 200)}`;
    if (methods === "") throw new LeewayError("not_found", missing);
    void reply.header("allow", methods);
    throw new LeewayError("method_not_allowed", `${missing}: the path takes ${methods}`);
  });
}

/** answerError answers an error with its problem, in the form that `encoding` gives it, and closes the connection where the rest of the body is too much to drain. */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  encoding?: Pick<RouteEncoding<never>, "problem">,
): FastifyReply {
  const { problem, retryAfterSeconds } = problemOf(error, request.id);
  if (problem.status === 503 && isInside(error)) request.log.warn({ err: error }, problem.title);
  else if (problem.status >= 500 && problem.status !== 503) request.log.error({ err: error }, problem.title);
  if (retryAfterSeconds !== undefined) void reply.header("retry-after", String(retryAfterSeconds));
  if (problem.status === 415) void reply.header("accept-encoding", "gzip, br, zstd");
  const encoded = encoding?.problem(problem, mediaTypeOf(request.headers["content-type"]));
  const bytes = Buffer.from(encoded?.bytes ?? JSON.stringify(problem));
  void reply.code(problem.status).type(encoded?.mediaType ?? "application/problem+json");
  if (restOf(request) <= DRAINABLE_BYTES) {
    if (!request.raw.readableEnded) request.raw.resume();
    return reply.send(bytes);
  }
  void reply.header("connection", "close").header("content-length", bytes.length);
  return reply.send(lingeringAnswer(bytes, request.raw));
}

// How many bytes of the body may still come: of a body without a length, any number.
function restOf({ raw, headers }: FastifyRequest): number {
  if (raw.readableEnded) return 0;
  if (headers["transfer-encoding"] !== undefined) return Number.POSITIVE_INFINITY;
  return Number(headers["content-length"] ?? 0);
}
