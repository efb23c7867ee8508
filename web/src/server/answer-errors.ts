import "server-only";
import { findLeewayError } from "@leeway/core/errors";
import { problem } from "./problem.ts";

const RETRY_AFTER_SECONDS = 5;

/** answerErrors runs a route and maps known errors to their answer, each a sentence a person can act on; what is unknown is thrown on. */
export async function answerErrors(run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    const known = findLeewayError(error);
    if (known === undefined) throw error;
    if (known.code !== "store_unavailable" && known.code !== "store_overloaded") {
      return problem(known.code, known.message, {}, known.problems);
    }
    return problem(known.code, "The database does not answer. Nothing was changed. Try again in a moment.", {
      "retry-after": String(known.retryAfterSeconds ?? RETRY_AFTER_SECONDS),
    });
  }
}
