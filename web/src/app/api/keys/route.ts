import { apiKeySchema } from "@leeway/core/records";
import { lineSchema } from "@leeway/core/wire";
import { z } from "zod";
import { handleMutation } from "../../../server/mutation.ts";
import { currentPrincipal } from "../../../server/principal.ts";
import { problem } from "../../../server/problem.ts";
import { createKeyAs } from "../../../server/settings.ts";

const bodySchema = z.strictObject({ name: lineSchema(128).min(1), scopes: apiKeySchema.shape.scopes });

/** POST makes an API key; the answer is the only one that holds it. */
export function POST(request: Request): Promise<Response> {
  return handleMutation(request, bodySchema, async (wish) => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const key = await createKeyAs(principal, wish);
    return Response.json({ key }, { status: 201, headers: { "cache-control": "no-store" } });
  });
}
