import { LeewayError } from "@leeway/core/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { mediaTypeOf } from "../body/body-source.ts";
import { problemOf } from "../errors/problem.ts";
import { createPathMethods } from "./path-methods.ts";
import type { RouteEncoding } from "./route.ts";

// A sender that is still writing does not read the answer where the connection ends under it.
const DRAINABLE_BYTES = 16 * 1024 * 1024;

/**
 * registerErrorHandling answers every error with its problem document, and what can't be drained with a closed connection. To be called before routes are
 * added: a path that is served under other methods only is answered with those.
 */
export function registerErrorHandling(app: FastifyInstance): void {
  const served = createPathMethods();
  app.addHook("onRoute", ({ method, url }) => served.add(method, url));
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
  if (problem.status >= 500 && problem.status !== 503) request.log.error({ err: error }, problem.title);
  if (retryAfterSeconds !== undefined) void reply.header("retry-after", String(retryAfterSeconds));
  // The rest of a refused body is thrown away where that is cheap; else the connection ends with the answer.
  const rest = Number(request.headers["content-length"] ?? Number.POSITIVE_INFINITY);
  if (!request.raw.readableEnded) {
    if (rest <= DRAINABLE_BYTES) request.raw.resume();
    else void reply.header("connection", "close");
  }
  if (problem.status === 415) void reply.header("accept-encoding", "gzip, br, zstd");
  const encoded = encoding?.problem(problem, mediaTypeOf(request.headers["content-type"]));
  return reply
    .code(problem.status)
    .type(encoded?.mediaType ?? "application/problem+json")
    .send(encoded?.bytes ?? JSON.stringify(problem));
}
