import { monitorInputSchema } from "@leeway/core/monitors";
import { handleMutation } from "../../../../server/mutation.ts";
import { previewMonitorFor } from "../../../../server/preview-monitor.ts";
import { currentPrincipal } from "../../../../server/principal.ts";
import { problem } from "../../../../server/problem.ts";

/** POST says how often a monitor would have fired on the stored history; nothing is saved. */
export function POST(request: Request): Promise<Response> {
  return handleMutation(request, monitorInputSchema, async (input) => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const preview = await previewMonitorFor(principal, input);
    return Response.json(preview, { headers: { "cache-control": "no-store" } });
  });
}
