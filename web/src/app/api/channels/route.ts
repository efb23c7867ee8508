import { channelBodySchema, createChannelAs } from "../../../server/channels.ts";
import { handleMutation } from "../../../server/mutation.ts";
import { currentPrincipal } from "../../../server/principal.ts";
import { problem } from "../../../server/problem.ts";

/** POST makes a channel. */
export function POST(request: Request): Promise<Response> {
  return handleMutation(request, channelBodySchema, async (body) => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const made = await createChannelAs(principal, body);
    return Response.json(made, { status: 201, headers: { "cache-control": "no-store" } });
  });
}
