import { answerErrors } from "../../../server/answer-errors.ts";
import { loadIsOutOfDate } from "../../../server/changes.ts";
import { currentPrincipal } from "../../../server/principal.ts";
import { problem } from "../../../server/problem.ts";

/** GET says whether a page that was made at `since` is out of date. An open page asks it instead of loading itself anew. */
export function GET(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const since = Number(new URL(request.url).searchParams.get("since"));
    if (!Number.isFinite(since)) return problem("invalid_request", "since: expected epoch milliseconds");
    const isOutOfDate = await loadIsOutOfDate(principal, since);
    return Response.json({ is_out_of_date: isOutOfDate }, { headers: { "cache-control": "no-store" } });
  });
}
