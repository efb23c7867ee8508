import { LeewayError } from "@leeway/core/errors";
import type { ApiKey } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";

/** revokeApiKey makes an API key stop working within seconds and returns it. It stays listed, so that the audit log goes on meaning something. */
export async function revokeApiKey(
  store: Pick<Store, "records">,
  project: string,
  { id, actor, now }: { id: string; actor: string; now: number },
): Promise<ApiKey> {
  const key = await store.records.apiKey.get(project, id);
  if (key === undefined) throw new LeewayError("not_found", `there is no key ${id}`);
  const revoked = { ...key, revoked_at: key.revoked_at ?? now };
  await store.records.apiKey.put(project, id, revoked, actor);
  return revoked;
}
