import type { ApiKey } from "@leeway/core/records";
import { hashApiKey, makeApiKey } from "@leeway/store";

/** The part of the store that holds API keys. */
export interface ApiKeyRecords {
  list(project: string): Promise<ApiKey[]>;
  put(project: string, id: string, key: ApiKey, actor: string): Promise<void>;
}

const ID = "bootstrap";
const ACTOR = "system:bootstrap";

/**
 * ensureBootstrapKey makes sure that one key with every scope exists: the one the operator gave, or, where none was ever made, a random one.
 * It returns a key only when it was just made at random, to be shown once. A key that was revoked stays revoked: only another value makes a new one.
 */
export async function ensureBootstrapKey(
  records: ApiKeyRecords,
  project: string,
  given: string | undefined,
  deps: {
    now: () => number;
    randomBytes: (count: number) => Uint8Array;
    warn: (message: string) => void;
  },
): Promise<string | undefined> {
  const keys = await records.list(project);
  const existing = keys.find(({ id }) => id === ID);
  if (given === undefined && existing !== undefined) return undefined;
  const key = given ?? makeApiKey(["admin"], deps.randomBytes);
  const hash = hashApiKey(key);
  const same = keys.filter((one) => one.secret_sha256 === hash);
  if (same.some(({ revoked_at }) => revoked_at !== undefined)) {
    deps.warn("LEEWAY_BOOTSTRAP_API_KEY was revoked and stays revoked: set another value, or leave it out");
    return undefined;
  }
  if (same.length > 0) return undefined;
  // The record of a revoked key is what keeps its value revoked, should it be given again.
  if (existing?.revoked_at !== undefined) {
    const id = `${ID}-${existing.secret_sha256.slice(0, 12)}`;
    await records.put(project, id, { ...existing, id }, ACTOR);
  }
  const record: ApiKey = {
    id: ID,
    name: "Bootstrap",
    secret_sha256: hash,
    prefix: key.slice(0, 7),
    scopes: ["ingest", "read", "admin"],
    created_at: deps.now(),
  };
  await records.put(project, ID, record, ACTOR);
  return given === undefined ? key : undefined;
}
