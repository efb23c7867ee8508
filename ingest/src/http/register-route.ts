import { type ErrorCode, findLeewayError, LeewayError } from "@leeway/core/errors";
import { invalidInput, parseInput } from "@leeway/core/input";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { authenticate } from "../auth/authenticate.ts";
import type { KeyDirectory } from "../auth/key-directory.ts";
import { keyInWords } from "../auth/key-in-words.ts";
import { type BodySource, mediaTypeOf } from "../body/body-source.ts";
import type { ByteBudget } from "../body/byte-budget.ts";
import { parseJson } from "../body/parse-json.ts";
import { readBody } from "../body/read-body.ts";
import { documentProblem } from "./check-document.ts";
import { answerError } from "./error-handling.ts";
import type { Route } from "./route.ts";

const DOCUMENT_LIMITS = { maxBytes: 1024 * 1024, maxMs: 30_000 };

/** OnRefusedKey learns that a service that sends events came with a key that does not open this, and what of the key may be shown. */
export type OnRefusedKey = (code: ErrorCode, key: string) => void;

/** registerRoute serves one row of the route table: key and scope first, then parameters, then the body, then the handler. */
export function registerRoute(
  app: FastifyInstance,
  route: Route,
  deps: { keys: KeyDirectory; budget: ByteBudget; onRefusedKey?: OnRefusedKey },
): void {
  const { encoding } = route;
  const querySchema = querySchemaOf(route);
  app.route({
    method: route.method,
    url: route.path,
    ...(encoding === undefined
      ? {}
      : { errorHandler: (error, request, reply) => answerError(error, request, reply, encoding) }),
    handler: async (request, reply) => {
      const { authorization } = request.headers;
      const principal = await authenticate(deps.keys, authorization, route.scope).catch((error: unknown) => {
        const known = findLeewayError(error);
        if (known !== undefined && route.scope === "ingest")
          deps.onRefusedKey?.(known.code, keyInWords(authorization));
        throw error;
      });
      const params = route.params === undefined ? {} : parseInput(route.params, request.params, "path");
      const query = parseInput(querySchema, request.query, "query");
      const source = bodySourceOf(request);
      const body =
        route.body?.reads === "json"
          ? parseInput(route.body.schema, await readDocument(source, deps.budget), "body")
          : undefined;
      const answer = await route.handle({ params, query, body, principal, source });
      if (encoding === undefined) return reply.code(route.status).send(answer);
      const { mediaType, bytes } = encoding.answer(answer, mediaTypeOf(source.contentType));
      return reply.code(route.status).type(mediaType).send(bytes);
    },
  });
}

// A misspelt parameter would be answered with everything, which looks like an answer. Whoever sends events may carry what proxies add.
function querySchemaOf({ query = z.object({}), scope }: Route): z.ZodType<object> {
  return scope === "ingest" ? query : query.strict();
}

function bodySourceOf(request: FastifyRequest): BodySource {
  const { headers } = request;
  const length = headers["content-length"];
  return {
    stream: request.raw,
    contentType: headers["content-type"],
    contentEncoding: headers["content-encoding"],
    contentLength: length === undefined ? undefined : Number(length),
  };
}

async function readDocument(source: BodySource, budget: ByteBudget): Promise<unknown> {
  const mediaType = mediaTypeOf(source.contentType);
  if (mediaType !== "application/json" && mediaType !== "") {
    throw new LeewayError("unsupported_media_type", "Content-Type must be application/json");
  }
  const { bytes, release } = await readBody(source, DOCUMENT_LIMITS, budget);
  try {
    if (bytes.length === 0) return {};
    const document = parseJson(bytes);
    const problem = documentProblem(document);
    if (problem !== undefined) throw invalidInput("body", [problem]);
    return document;
  } finally {
    release();
  }
}
