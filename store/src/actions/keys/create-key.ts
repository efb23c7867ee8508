import type { ApiKey, Scope } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";
import { hashApiKey, makeApiKey } from "./api-key.ts";

/** createApiKey stores a new API key and returns it with its record: only its hash is kept, so that it can be shown this once. */
export async function createApiKey(
  store: Pick<Store, "records">,
  project: string,
  wish: {
    id: string;
    name: string;
    scopes: readonly Scope[];
    actor: string;
    now: number;
    randomBytes: (count: number) => Uint8Array;
  },
): Promise<{ record: ApiKey; key: string }> {
  const { id, name, scopes, actor, now, randomBytes } = wish;
  const key = makeApiKey(scopes, randomBytes);
  const record: ApiKey = {
    id,
    name,
    secret_sha256: hashApiKey(key),
    prefix: key.slice(0, key.lastIndexOf("_") + 5),
    scopes: [...new Set(scopes)],
    created_at: now,
  };
  await store.records.apiKey.put(project, id, record, actor);
  return { record, key };
}
