import { z } from "zod";
import { answerErrors } from "../../../../../server/answer-errors.ts";
import { loadDriftCell } from "../../../../../server/load-drift-cell.ts";
import { currentPrincipal } from "../../../../../server/principal.ts";
import { problem } from "../../../../../server/problem.ts";

const querySchema = z.object({
  version: z.string().min(1).max(128),
  environment: z.string().min(1).max(32),
  feature: z.string().min(1).max(128),
  start: z.coerce.number().int(),
});

interface Context {
  params: Promise<{ model: string }>;
}

/** GET returns one feature's verdict in one window, with both distributions. */
export function GET(request: Request, context: Context): Promise<Response> {
  return answerErrors(() => driftCell(request, context));
}

async function driftCell(request: Request, context: Context): Promise<Response> {
  const principal = await currentPrincipal();
  if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
  const query = querySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return problem("invalid_request", z.prettifyError(query.error));
  const { model } = await context.params;
  const detail = await loadDriftCell(principal, { model, ...query.data });
  if (detail === undefined) return problem("not_found", "This window has no verdict for this feature.");
  return Response.json(detail, { headers: { "cache-control": "no-store" } });
}
