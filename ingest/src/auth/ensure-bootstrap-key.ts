import type { ApiKey } from "@leeway/core/records";
import { hashApiKey, makeApiKey } from "./api-key.ts";

/** The part of the store that holds API keys. */
export interface ApiKeyRecords {
  get(project: string, id: string): Promise<ApiKey | undefined>;
  put(project: string, id: string, key: ApiKey, actor: string): Promise<void>;
}

const ID = "bootstrap";

/**
 * ensureBootstrapKey makes sure that one key with every scope exists: the one the operator gave, or, where none was ever made, a random one.
 * It returns a key only when it was just made at random, to be shown once.
 */
export async function ensureBootstrapKey(
  records: ApiKeyRecords,
  project: string,
  given: string | undefined,
  deps: { now: () => number; randomBytes: (count: number) => Uint8Array },
): Promise<string | undefined> {
  const existing = await records.get(project, ID);
  if (given === undefined && existing !== undefined) return undefined;
  const key = given ?? makeApiKey(["admin"], deps.randomBytes);
  const hash = hashApiKey(key);
  if (existing?.secret_sha256 !== hash || existing.revoked_at !== undefined) {
    const record: ApiKey = {
      id: ID,
      name: "Bootstrap",
      secret_sha256: hash,
      prefix: key.slice(0, 7),
      scopes: ["ingest", "read", "admin"],
      created_at: deps.now(),
    };
    await records.put(project, ID, record, "system:bootstrap");
  }
  return given === undefined ? key : undefined;
}
