import "server-only";
import { findLeewayError } from "@leeway/core/errors";
import type { z } from "zod";
import { checkSameOrigin } from "../auth/same-origin.ts";
import { server } from "./composition.ts";
import { problem } from "./problem.ts";

const MAX_BODY_BYTES = 64 * 1024;

/**
 * handleMutation runs a change that a page asked for: it refuses what another site sent, what is not JSON, too long or of another shape,
 * and maps known errors to their answer. `change` gets the parsed body and authorises in the data layer.
 */
export async function handleMutation<Body>(
  request: Request,
  schema: z.ZodType<Body>,
  change: (body: Body) => Promise<Response>,
): Promise<Response> {
  const origin = checkSameOrigin(request.headers, server().config.publicUrl);
  if (origin.outcome === "refused") return problem("forbidden", origin.reason);
  const body = await readJson(request);
  if (body.outcome === "refused") return body.answer;
  const parsed = schema.safeParse(body.value);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    return problem("invalid_request", issues.join("; "));
  }
  try {
    return await change(parsed.data);
  } catch (error) {
    const known = findLeewayError(error);
    if (known === undefined) throw error;
    if (known.code === "store_unavailable" || known.code === "store_overloaded") {
      return problem(
        known.code,
        "The database does not answer. Nothing was changed; try again in a moment.",
        {
          "retry-after": String(known.retryAfterSeconds ?? 5),
        },
      );
    }
    return problem(known.code, known.message);
  }
}

type JsonBody = { outcome: "ok"; value: unknown } | { outcome: "refused"; answer: Response };

async function readJson(request: Request): Promise<JsonBody> {
  const refuse = (answer: Response): JsonBody => ({ outcome: "refused", answer });
  if (request.method === "DELETE") return { outcome: "ok", value: {} };
  if (request.headers.get("content-type")?.split(";")[0]?.trim() !== "application/json") {
    return refuse(problem("unsupported_media_type", "Send JSON."));
  }
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) {
    return refuse(problem("payload_too_large", "The request is too long."));
  }
  const text = await request.text();
  if (text.length > MAX_BODY_BYTES) return refuse(problem("payload_too_large", "The request is too long."));
  try {
    return { outcome: "ok", value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse(problem("invalid_request", "The body is not JSON."));
  }
}
