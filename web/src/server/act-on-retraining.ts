import "server-only";
import type { RetrainingAction } from "@leeway/core/retraining";
import { actOnRetrained, approveRetraining } from "@leeway/store";
import { requireAdmin } from "./act-on-incident.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** actOnRetrainingAs does what a signed-in administrator asks about a retraining, by the verbs that the API calls, too. */
export async function actOnRetrainingAs(
  principal: Principal,
  id: string,
  action: RetrainingAction,
): Promise<void> {
  requireAdmin(principal, "Your role may look at retrainings but not change them.");
  const { store, now } = server();
  const act = { id, actor: principal.email, now: now() };
  if (action === "approve") await approveRetraining(store, principal.project, act);
  else await actOnRetrained(store, principal.project, { ...act, action });
}
