import { silenceInputSchema } from "@leeway/core/silences";
import { z } from "zod";
import { handleMutation } from "../../../server/mutation.ts";
import { currentPrincipal } from "../../../server/principal.ts";
import { problem } from "../../../server/problem.ts";
import { createSilenceAs, previewSilenceAs } from "../../../server/silences.ts";
import { previewSentence } from "../../../view/silence-preview.ts";

const bodySchema = silenceInputSchema.safeExtend({ dry_run: z.boolean() });

/** POST makes a silence, or says what it would keep back. */
export function POST(request: Request): Promise<Response> {
  return handleMutation(request, bodySchema, async ({ dry_run, ...input }) => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const answer = dry_run
      ? { sentence: previewSentence(await previewSilenceAs(principal, input)) }
      : await createSilenceAs(principal, input);
    return Response.json(answer, { headers: { "cache-control": "no-store" } });
  });
}
