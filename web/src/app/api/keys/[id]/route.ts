import { z } from "zod";
import { handleMutation } from "../../../../server/mutation.ts";
import { currentPrincipal } from "../../../../server/principal.ts";
import { problem } from "../../../../server/problem.ts";
import { revokeKeyAs } from "../../../../server/settings.ts";

/** DELETE revokes a key. */
export function DELETE(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return handleMutation(request, z.unknown(), async () => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    await revokeKeyAs(principal, (await context.params).id);
    return new Response(null, { status: 204 });
  });
}
