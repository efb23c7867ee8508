import { z } from "zod";
import { testChannelAs } from "../../../../../server/channels.ts";
import { handleMutation } from "../../../../../server/mutation.ts";
import { currentPrincipal } from "../../../../../server/principal.ts";
import { problem } from "../../../../../server/problem.ts";
import { testSentence } from "../../../../../view/test-sentence.ts";

/** POST sends a test and says in a sentence what became of it. */
export function POST(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return handleMutation(request, z.strictObject({}), async () => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const outcome = await testChannelAs(principal, (await context.params).id);
    return Response.json({ sentence: testSentence(outcome) }, { headers: { "cache-control": "no-store" } });
  });
}
