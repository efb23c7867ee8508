import "server-only";
import { hashPassword, verifyPassword } from "../auth/password.ts";
import { userId } from "../auth/session-token.ts";
import type { Server } from "./server.ts";

/** ensureAdmin makes sure that the administrator named in the environment exists and that the password given there is theirs; true where something was written. */
export async function ensureAdmin(
  deps: Pick<Server, "config" | "store" | "now" | "random">,
): Promise<boolean> {
  const { config, store, now, random } = deps;
  if (config.admin === undefined) return false;
  const { email, password } = config.admin;
  const id = userId(email);
  const existing = await store.records.user.get(config.project, id);
  if (existing !== undefined && (await verifyPassword(password, existing.password_hash))) return false;
  await store.records.user.put(
    config.project,
    id,
    {
      id,
      email: email.trim().toLowerCase(),
      password_hash: await hashPassword(password, random(16)),
      role: "admin",
      created_at: existing?.created_at ?? now(),
    },
    "system",
  );
  return true;
}
