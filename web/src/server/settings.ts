import "server-only";
import { type ApiKey, isSessionOpen, type Scope } from "@leeway/core/records";
import { createApiKey, revokeApiKey, revokeSession } from "@leeway/store";
import { requireAdmin } from "./act-on-incident.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

const REFUSAL = "Only an administrator may see and change keys, sessions and the audit log.";
const AUDIT_ENTRIES = 100;

/** SettingsView is what an administrator sees of who and what may do something in their project. */
export interface SettingsView {
  keys: Omit<ApiKey, "secret_sha256">[];
  sessions: { id: string; email: string; createdAt: number; expiresAt: number }[];
  audit: { kind: string; id: string; action: "put" | "remove"; actor: string; at: number }[];
  madeAt: number;
}

/** loadSettings returns keys, open sessions and the newest changes of the person's project; undefined where their role may not see them. */
export async function loadSettings({ project, role }: Principal): Promise<SettingsView | undefined> {
  if (role !== "admin") return undefined;
  const { store, now } = server();
  const madeAt = now();
  const [keys, sessions, users, audit] = await Promise.all([
    store.records.apiKey.list(project),
    store.records.session.list(project),
    store.records.user.list(project),
    store.audit(project, madeAt + 1, AUDIT_ENTRIES),
  ]);
  return {
    keys: keys
      .map(({ secret_sha256: _secret, ...shown }) => shown)
      .sort((a, b) => Number(a.revoked_at ?? 0) - Number(b.revoked_at ?? 0) || b.created_at - a.created_at),
    sessions: sessions
      .flatMap((session) => {
        const user = users.find(({ id }) => id === session.user_id);
        if (user === undefined || !isSessionOpen(session, user, madeAt)) return [];
        const { id, created_at: createdAt, expires_at: expiresAt } = session;
        return [{ id, email: user.email, createdAt, expiresAt }];
      })
      .sort((a, b) => b.createdAt - a.createdAt),
    audit,
    madeAt,
  };
}

/** createKeyAs makes an API key in the name of a signed-in administrator; the key itself can be shown this once. */
export async function createKeyAs(
  principal: Principal,
  wish: { name: string; scopes: readonly Scope[] },
): Promise<string> {
  requireAdmin(principal, REFUSAL);
  const { store, now, random } = server();
  const id = `key_${random(16).toString("hex")}`;
  const { key } = await createApiKey(store, principal.project, {
    ...wish,
    ...{ id, actor: principal.email, now: now(), randomBytes: random },
  });
  return key;
}

/** revokeKeyAs makes an API key stop working in the name of a signed-in administrator. */
export async function revokeKeyAs(principal: Principal, id: string): Promise<void> {
  requireAdmin(principal, REFUSAL);
  const { store, now } = server();
  await revokeApiKey(store, principal.project, { id, actor: principal.email, now: now() });
}

/** revokeSessionAs signs a browser out in the name of a signed-in administrator. */
export async function revokeSessionAs(principal: Principal, id: string): Promise<void> {
  requireAdmin(principal, REFUSAL);
  const { store, now } = server();
  await revokeSession(store, principal.project, { id, actor: principal.email, now: now() });
}
