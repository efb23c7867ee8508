import { subscriptionSchema } from "@leeway/core/channels";
import { z } from "zod";
import { previewSubscriptionAs } from "../../../../server/channels.ts";
import { handleMutation } from "../../../../server/mutation.ts";
import { currentPrincipal } from "../../../../server/principal.ts";
import { problem } from "../../../../server/problem.ts";
import { subscriptionSentence } from "../../../../view/subscription-sentence.ts";

const bodySchema = z.strictObject({ subscribes: subscriptionSchema.default({}) });

/** POST says in a sentence what a channel that subscribes so would have received. */
export function POST(request: Request): Promise<Response> {
  return handleMutation(request, bodySchema, async ({ subscribes }) => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const preview = await previewSubscriptionAs(principal, subscribes);
    return Response.json(
      { sentence: subscriptionSentence(preview) },
      { headers: { "cache-control": "no-store" } },
    );
  });
}
