import "server-only";
import { LeewayError } from "@leeway/core/errors";
import { type Act, actOnIncident as act } from "@leeway/store";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** actOnIncident does what a signed-in administrator asks to an incident of their project, by the verb that the API calls, too. */
export async function actOnIncident(
  principal: Principal,
  incidentId: string,
  said: Pick<Act, "action" | "text" | "assignee" | "useful"> & { snoozeMs?: number | undefined },
): Promise<void> {
  requireAdmin(principal, "Your role may look at incidents but not change them.");
  const { store, now, random } = server();
  const { snoozeMs, ...rest } = said;
  const at = now();
  await act(store, principal.project, {
    id: random(16).toString("hex"),
    incidentId,
    ...rest,
    ...(snoozeMs === undefined ? {} : { until: at + snoozeMs }),
    actor: principal.email,
    now: at,
  });
}

/** requireAdmin throws `forbidden` with `message` where a person's role may only look. */
export function requireAdmin(principal: Principal, message: string): void {
  if (principal.role !== "admin") throw new LeewayError("forbidden", message);
}
