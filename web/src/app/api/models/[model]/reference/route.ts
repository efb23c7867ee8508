import { environmentSchema, nameSchema, timestampSchema } from "@leeway/core/wire";
import { z } from "zod";
import { handleMutation } from "../../../../../server/mutation.ts";
import { currentPrincipal } from "../../../../../server/principal.ts";
import { problem } from "../../../../../server/problem.ts";
import { changeReferenceAs } from "../../../../../server/reference.ts";

const bodySchema = z.strictObject({
  version: nameSchema,
  environment: environmentSchema,
  wanted: z.discriminatedUnion("use", [
    z.strictObject({ use: z.literal("reference"), reference_id: z.string().min(1).max(256) }),
    z.strictObject({ use: z.literal("window"), from: timestampSchema, to: timestampSchema }),
    z.strictObject({ use: z.literal("automatic"), from: timestampSchema.optional() }),
  ]),
  dry_run: z.boolean(),
});

/** POST makes a version be compared with another reference, or says what that would do. */
export function POST(request: Request, context: { params: Promise<{ model: string }> }): Promise<Response> {
  return handleMutation(request, bodySchema, async ({ dry_run, ...wish }) => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const { model } = await context.params;
    const changed = await changeReferenceAs(principal, { ...wish, model, isDryRun: dry_run });
    return Response.json(changed, { headers: { "cache-control": "no-store" } });
  });
}
