import "server-only";
import { decoyHash, verifyPassword } from "../auth/password.ts";
import { SESSION_LIFETIME_MS, sessionId, sessionToken, userId } from "../auth/session-token.ts";
import type { Server } from "./server.ts";

/** SignInResult is what became of an attempt; a wrong password and an unknown e-mail are the same answer. */
export type SignInResult =
  | { outcome: "signed_in"; token: string; expiresAt: number }
  | { outcome: "refused" }
  | { outcome: "wait"; retryAfterSeconds: number };

// Each check holds 32 MiB and a thread of the pool for a fifth of a second: a flood of guesses must not starve the pages.
const MAX_CONCURRENT_CHECKS = 4;
let runningChecks = 0;

/** signIn checks an e-mail address and password and opens a session: the token goes to the browser, only its SHA-256 is stored. */
export async function signIn(server: Server, email: string, password: string): Promise<SignInResult> {
  const { config, store, throttle, now, random } = server;
  const account = userId(email);
  const decision = throttle.check(account, now());
  if (decision.outcome === "wait") return decision;
  if (runningChecks >= MAX_CONCURRENT_CHECKS) return { outcome: "wait", retryAfterSeconds: 1 };
  runningChecks++;
  try {
    const user = await store.records.user.get(config.project, account);
    const matches = await verifyPassword(password, user?.password_hash ?? decoyHash());
    if (user === undefined || !matches) {
      throttle.recordFailure(account, now());
      return { outcome: "refused" };
    }
    throttle.recordSuccess(account);
    const token = sessionToken(random(32));
    const id = sessionId(token)!;
    const expiresAt = now() + SESSION_LIFETIME_MS;
    const session = { id, user_id: user.id, created_at: now(), expires_at: expiresAt };
    await store.records.session.put(config.project, id, session, user.email);
    return { outcome: "signed_in", token, expiresAt };
  } finally {
    runningChecks--;
  }
}

/** signOut revokes the session that `token` opened, if there is one. */
export async function signOut({ config, store, now }: Server, token: string | undefined): Promise<void> {
  const id = sessionId(token);
  if (id === undefined) return;
  const session = await store.records.session.get(config.project, id);
  if (session === undefined || session.revoked_at !== undefined) return;
  await store.records.session.put(config.project, id, { ...session, revoked_at: now() }, session.user_id);
}
