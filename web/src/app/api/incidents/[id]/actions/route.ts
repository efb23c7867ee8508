import { z } from "zod";
import { actOnIncident } from "../../../../../server/act-on-incident.ts";
import { handleMutation } from "../../../../../server/mutation.ts";
import { currentPrincipal } from "../../../../../server/principal.ts";
import { problem } from "../../../../../server/problem.ts";

const actionSchema = z
  .object({
    action: z.enum(["acknowledge", "resolve", "note"]),
    text: z.string().trim().max(10_000).optional(),
  })
  .refine(
    ({ action, text }) => action !== "note" || (text !== undefined && text !== ""),
    "Write a note first.",
  );

/** POST acknowledges or resolves an incident, or adds a note to it. */
export function POST(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return handleMutation(request, actionSchema, async ({ action, text }) => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const { id } = await context.params;
    await actOnIncident(principal, id, action, text);
    return new Response(null, { status: 204 });
  });
}
