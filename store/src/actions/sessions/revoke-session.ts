import { LeewayError } from "@leeway/core/errors";
import type { Session } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";

/** revokeSession signs a browser out of the web app and returns the session: its next request is refused. */
export async function revokeSession(
  store: Pick<Store, "records">,
  project: string,
  { id, actor, now }: { id: string; actor: string; now: number },
): Promise<Session> {
  const session = await store.records.session.get(project, id);
  if (session === undefined) throw new LeewayError("not_found", `there is no session ${id}`);
  const revoked = { ...session, revoked_at: session.revoked_at ?? now };
  await store.records.session.put(project, id, revoked, actor);
  return revoked;
}
