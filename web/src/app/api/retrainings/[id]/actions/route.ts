import { z } from "zod";
import { actOnRetrainingAs } from "../../../../../server/act-on-retraining.ts";
import { handleMutation } from "../../../../../server/mutation.ts";
import { currentPrincipal } from "../../../../../server/principal.ts";
import { problem } from "../../../../../server/problem.ts";

const bodySchema = z.strictObject({ action: z.enum(["approve", "promote", "archive"]) });

/** POST lets a retraining run, or decides about the version that it made. */
export function POST(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return handleMutation(request, bodySchema, async ({ action }) => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    await actOnRetrainingAs(principal, (await context.params).id, action);
    return new Response(null, { status: 204 });
  });
}
