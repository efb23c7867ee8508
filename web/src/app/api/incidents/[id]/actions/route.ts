import { incidentTextSchema, usefulnessSchema } from "@leeway/core/records";
import { lineSchema } from "@leeway/core/wire";
import { z } from "zod";
import { actOnIncident } from "../../../../../server/act-on-incident.ts";
import { handleMutation } from "../../../../../server/mutation.ts";
import { currentPrincipal } from "../../../../../server/principal.ts";
import { problem } from "../../../../../server/problem.ts";

const text = incidentTextSchema.optional();
const HOUR = 3_600_000;

const actionSchema = z.discriminatedUnion("action", [
  z.strictObject({ action: z.enum(["acknowledge", "resolve", "undo", "reopen"]), text }),
  z.strictObject({ action: z.literal("note"), text: incidentTextSchema.min(1, "Write a note first.") }),
  z.strictObject({ action: z.literal("snooze"), hours: z.number().positive().max(720), text }),
  z.strictObject({ action: z.literal("mark"), useful: usefulnessSchema, text }),
  // Without a name it is nobody's any more.
  z.strictObject({ action: z.literal("assign"), to: lineSchema(256).trim(), text }),
]);

/** POST does to an incident what a person asks: takes it on, closes or opens it, keeps it quiet for a while, gives it to somebody, or adds a note. */
export function POST(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  return handleMutation(request, actionSchema, async (asked) => {
    const principal = await currentPrincipal();
    if (principal === undefined) return problem("unauthorized", "Your session has ended. Sign in again.");
    const { id } = await context.params;
    await actOnIncident(principal, id, {
      action: asked.action,
      text: asked.text,
      ...(asked.action === "snooze" ? { snoozeMs: asked.hours * HOUR } : {}),
      ...(asked.action === "mark" ? { useful: asked.useful } : {}),
      ...(asked.action === "assign" && asked.to !== "" ? { assignee: asked.to } : {}),
    });
    return new Response(null, { status: 204 });
  });
}
