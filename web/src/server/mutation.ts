import "server-only";
import type { z } from "zod";
import { checkSameOrigin } from "../auth/same-origin.ts";
import { MAX_BODY_BYTES } from "../gate/check-head.ts";
import { answerErrors } from "./answer-errors.ts";
import { server } from "./composition.ts";
import { problem } from "./problem.ts";

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
  const parsed = schema.safeParse(body.value, { error: plainMessage });
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    const sentences = errors.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
    return problem("invalid_request", sentences.join("; "), {}, errors);
  }
  return answerErrors(() => change(parsed.data));
}

/** plainMessage says what was expected of a field in words of people who fill in forms; what a schema says itself stays. */
const plainMessage: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== "invalid_type") return undefined;
  return issue.input === undefined ? "this is needed" : `expected a ${issue.expected}`;
};

type JsonBody = { outcome: "ok"; value: unknown } | { outcome: "refused"; answer: Response };

async function readJson(request: Request): Promise<JsonBody> {
  const refuse = (answer: Response): JsonBody => ({ outcome: "refused", answer });
  if (request.method === "DELETE") return { outcome: "ok", value: {} };
  if (request.headers.get("content-type")?.split(";")[0]?.trim() !== "application/json") {
    return refuse(problem("unsupported_media_type", "Send JSON."));
  }
  const body = await readText(request);
  if (body.outcome === "refused") return body;
  try {
    return { outcome: "ok", value: JSON.parse(body.text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse(problem("invalid_request", "The body is not JSON."));
  }
}

type BodyText = { outcome: "ok"; text: string } | { outcome: "refused"; answer: Response };

/** Reads the body only as far as it may be long. */
async function readText(request: Request): Promise<BodyText> {
  const tooLong = () => ({
    outcome: "refused" as const,
    answer: problem("payload_too_large", "The request is too long."),
  });
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) return tooLong();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > MAX_BODY_BYTES) return tooLong();
      chunks.push(chunk);
    }
  } catch {
    // Reading fails only where the client went away or was too slow: nobody reads this answer, and it is no defect to log.
    return { outcome: "refused", answer: problem("timeout", "The request ended before its body did.") };
  }
  return { outcome: "ok", text: Buffer.concat(chunks).toString("utf8") };
}
