import { monitorInputSchema } from "@leeway/core/monitors";
import { saveMonitorAs } from "../../../server/monitors.ts";
import { handleMutation } from "../../../server/mutation.ts";
import { currentPrincipal } from "../../../server/principal.ts";
import { problem } from "../../../server/problem.ts";

/** POST makes a monitor. */
export function POST(request: Request): Promise<Response> {
  return handleMutation(request, monitorInputSchema, async (input) => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const { id } = await saveMonitorAs(principal, input);
    return Response.json({ id }, { status: 201, headers: { "cache-control": "no-store" } });
  });
}
