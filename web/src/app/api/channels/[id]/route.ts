import { z } from "zod";
import { changeChannelAs, channelBodySchema, removeChannelAs } from "../../../../server/channels.ts";
import { handleMutation } from "../../../../server/mutation.ts";
import { currentPrincipal } from "../../../../server/principal.ts";
import { problem } from "../../../../server/problem.ts";

interface Context {
  params: Promise<{ id: string }>;
}

/** PUT changes a channel; what is not named stays. */
export function PUT(request: Request, context: Context): Promise<Response> {
  return handleMutation(request, channelBodySchema, async (body) => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    await changeChannelAs(principal, (await context.params).id, body);
    return new Response(null, { status: 204 });
  });
}

/** DELETE removes a channel. */
export function DELETE(request: Request, context: Context): Promise<Response> {
  return handleMutation(request, z.unknown(), async () => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    await removeChannelAs(principal, (await context.params).id);
    return new Response(null, { status: 204 });
  });
}
