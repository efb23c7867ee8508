import { z } from "zod";
import { resendAs } from "../../../../../server/channels.ts";
import { handleMutation } from "../../../../../server/mutation.ts";
import { currentPrincipal } from "../../../../../server/principal.ts";
import { problem } from "../../../../../server/problem.ts";

/** POST sends one dead letter once more. */
export function POST(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return handleMutation(request, z.strictObject({}), async () => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const resent = await resendAs(principal, { delivery: (await context.params).id });
    return Response.json({
      sentence: `${resent === 1 ? "One message goes" : `${resent} messages go`} out again.`,
    });
  });
}
