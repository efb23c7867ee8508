import { promoteMonitor } from "@leeway/store";
import { z } from "zod";
import { requireAdmin } from "../../../../../server/act-on-incident.ts";
import { server } from "../../../../../server/composition.ts";
import { handleMutation } from "../../../../../server/mutation.ts";
import { currentPrincipal } from "../../../../../server/principal.ts";
import { problem } from "../../../../../server/problem.ts";

/** POST ends the burn-in of a monitor: from its next alarm on it notifies people. */
export function POST(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return handleMutation(request, z.strictObject({}), async () => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    requireAdmin(principal, "Your role may look at monitors but not change them.");
    const { id } = await context.params;
    const { store, now } = server();
    await promoteMonitor(store, principal.project, { id, actor: principal.email, now: now() });
    return new Response(null, { status: 204 });
  });
}
