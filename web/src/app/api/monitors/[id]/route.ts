import { monitorInputSchema } from "@leeway/core/monitors";
import { z } from "zod";
import { removeMonitorAs, saveMonitorAs } from "../../../../server/monitors.ts";
import { handleMutation } from "../../../../server/mutation.ts";
import { currentPrincipal } from "../../../../server/principal.ts";
import { problem } from "../../../../server/problem.ts";

interface Context {
  params: Promise<{ id: string }>;
}

/** PUT makes a monitor what the body says. */
export function PUT(request: Request, context: Context): Promise<Response> {
  return handleMutation(request, monitorInputSchema, async (input) => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const { id } = await saveMonitorAs(principal, input, (await context.params).id);
    return Response.json({ id }, { headers: { "cache-control": "no-store" } });
  });
}

/** DELETE removes a monitor; its verdicts stay. */
export function DELETE(request: Request, context: Context): Promise<Response> {
  return handleMutation(request, z.unknown(), async () => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    await removeMonitorAs(principal, (await context.params).id);
    return new Response(null, { status: 204 });
  });
}
