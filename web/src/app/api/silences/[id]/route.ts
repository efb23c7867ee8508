import { z } from "zod";
import { handleMutation } from "../../../../server/mutation.ts";
import { currentPrincipal } from "../../../../server/principal.ts";
import { problem } from "../../../../server/problem.ts";
import { endSilenceAs } from "../../../../server/silences.ts";

/** DELETE ends a silence now. */
export function DELETE(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return handleMutation(request, z.unknown(), async () => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    await endSilenceAs(principal, (await context.params).id);
    return new Response(null, { status: 204 });
  });
}
