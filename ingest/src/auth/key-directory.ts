import type { ApiKey } from "@leeway/core/records";
import { hashApiKey, isPlausibleKey } from "@leeway/store";
import type { Principal } from "./principal.ts";

export interface KeyDirectoryOptions {
  /** Reads every key of the project. */
  load: () => Promise<readonly ApiKey[]>;
  project: string;
  now: () => number;
  /** How long a loaded list is trusted, milliseconds: the longest a revoked key goes on working. */
  freshMs?: number;
}

/** KeyDirectory finds the principal of an API key, from a list kept for some seconds. While the store is away the last list goes on serving. */
export interface KeyDirectory {
  find(key: string): Promise<Principal | undefined>;
  /** Forgets the list, after keys were changed here. */
  invalidate(): void;
}

/** createKeyDirectory returns a directory over the project's keys. */
export function createKeyDirectory(options: KeyDirectoryOptions): KeyDirectory {
  const { load, project, now, freshMs = 5_000 } = options;
  const principals = new Map<string, Principal>();
  const hashes = new Map<string, string>();
  let loadedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    const keys = await load();
    principals.clear();
    for (const key of keys) {
      if (key.revoked_at !== undefined) continue;
      principals.set(key.secret_sha256, { project, keyId: key.id, name: key.name, scopes: key.scopes });
    }
    loadedAt = now();
  }

  return {
    async find(key) {
      let hash = hashes.get(key);
      if (hash === undefined) {
        if (!isPlausibleKey(key)) return undefined;
        hash = hashApiKey(key);
      }
      // A clock that was set back would keep a revoked key valid until it has caught up.
      const ageMs = now() - loadedAt;
      if (ageMs > freshMs || ageMs < 0) {
        loading ??= refresh().finally(() => {
          loading = undefined;
        });
        // With a list at hand nobody waits for the newer one, and a store that is away does not lock everybody out.
        if (loadedAt === Number.NEGATIVE_INFINITY) await loading;
        else if (!principals.has(hash)) await loading.catch(() => undefined);
        else loading.catch(() => undefined);
      }
      const principal = principals.get(hash);
      if (principal !== undefined && hashes.size < 10_000) hashes.set(key, hash);
      return principal;
    },
    invalidate() {
      loadedAt = Number.NEGATIVE_INFINITY;
    },
  };
}
