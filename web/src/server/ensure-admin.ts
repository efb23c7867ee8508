import { type User, userSchema } from "@leeway/core/records";
import { hashPassword, verifyPassword } from "../auth/password.ts";
import { userId } from "../auth/session-token.ts";
import type { Server } from "./server.ts";

type Deps = Pick<Server, "config" | "store" | "now" | "random">;

/**
 * ensureAdmin makes the stored users agree with the environment: the administrator named there exists and has the password given there, and
 * every other user that an earlier environment made is disabled. Another password, or being disabled, ends that user's sessions.
 */
export async function ensureAdmin(deps: Deps): Promise<void> {
  const { config, store } = deps;
  const users = await store.records.user.list(config.project);
  const adminId = config.admin === undefined ? undefined : userId(config.admin.email);
  for (const user of users) {
    const isLeftOver = user.from_environment && user.disabled_at === undefined && user.id !== adminId;
    if (isLeftOver) await disable(deps, user);
  }
  if (config.admin === undefined) return;
  const existing = users.find(({ id }) => id === adminId);
  const admin = await adminOf(deps, config.admin, existing);
  if (admin !== existing) await store.records.user.put(config.project, admin.id, admin, "system");
}

async function disable({ config, store, now }: Deps, user: User): Promise<void> {
  const disabled = { ...user, disabled_at: now(), epoch: user.epoch + 1 };
  await store.records.user.put(config.project, user.id, disabled, "system");
  console.warn(`LEEWAY_ADMIN_EMAIL does not name ${user.email} any more: this user is now disabled.`);
}

/** Returns `existing` itself where nothing changes. */
async function adminOf(
  { now, random }: Deps,
  { email, password }: { email: string; password: string },
  existing: User | undefined,
): Promise<User> {
  const hasPassword = existing !== undefined && (await verifyPassword(password, existing.password_hash));
  if (hasPassword && existing.disabled_at === undefined) return existing;
  return userSchema.parse({
    id: userId(email),
    email: email.trim().toLowerCase(),
    password_hash: hasPassword ? existing.password_hash : await hashPassword(password, random(16)),
    role: "admin",
    created_at: existing?.created_at ?? now(),
    from_environment: true,
    epoch: existing === undefined ? 0 : existing.epoch + 1,
  });
}
