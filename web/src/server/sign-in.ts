import type { User } from "@leeway/core/records";
import { deviceToken, isDeviceToken, knownDevice } from "../auth/known-device.ts";
import type { LoginTry } from "../auth/login-throttle.ts";
import { networkOf } from "../auth/network.ts";
import { decoyHash, verifyPassword } from "../auth/password.ts";
import { SESSION_LIFETIME_MS, sessionId, sessionToken, userId } from "../auth/session-token.ts";
import type { Server } from "./server.ts";

/** SignInRequest is what a browser sent, and from where. */
export interface SignInRequest {
  email: string;
  password: string;
  /** The client's IP address; undefined where it is not known. */
  address: string | undefined;
  /** The cookie of a browser that has signed in before. */
  device: string | undefined;
  /** Aborts when the client goes away. */
  signal?: AbortSignal;
}

/** SignInResult is what became of an attempt; a wrong password and an unknown e-mail are the same answer. */
export type SignInResult =
  | { outcome: "signed_in"; token: string; expiresAt: number; device: string }
  | { outcome: "refused" }
  | { outcome: "wait"; retryAfterSeconds: number };

type PasswordCheck = Exclude<SignInResult, { outcome: "signed_in" }> | { outcome: "right"; user: User };

/** signIn checks an e-mail address and password and opens a session: the token goes to the browser, only its SHA-256 is stored. */
export async function signIn(server: Server, request: SignInRequest): Promise<SignInResult> {
  const { throttle, checks, now } = server;
  const login = await loginTry(server, request);
  const decision = throttle.check(login, now());
  if (decision.outcome === "wait") return decision;
  const place = {
    lane: login.device ?? login.network,
    isPreferred: login.device !== undefined,
    signal: request.signal,
  };
  const result = await checks.run(place, () => checkPassword(server, login, request.password));
  if (result.outcome !== "done") return { outcome: "wait", retryAfterSeconds: 1 };
  return result.value.outcome === "right" ? openSession(server, result.value.user) : result.value;
}

async function loginTry({ config, store, now }: Server, request: SignInRequest): Promise<LoginTry> {
  const account = userId(request.email);
  const network = networkOf(request.address);
  if (!isDeviceToken(request.device)) return { account, network, device: undefined };
  const user = await store.records.user.get(config.project, account);
  return { account, network, device: knownDevice(request.device, user, now()) };
}

async function checkPassword(server: Server, login: LoginTry, password: string): Promise<PasswordCheck> {
  const { config, store, throttle, now } = server;
  // Others from the same place may have failed while this one waited for its turn.
  const decision = throttle.check(login, now());
  if (decision.outcome === "wait") return decision;
  throttle.begin(login, now());
  try {
    const user = await store.records.user.get(config.project, login.account);
    const matches = await verifyPassword(password, user?.password_hash ?? decoyHash());
    if (user === undefined || user.disabled_at !== undefined || !matches) return { outcome: "refused" };
    throttle.succeed(login);
    return { outcome: "right", user };
  } catch (error) {
    throttle.abandon(login);
    throw error;
  }
}

async function openSession({ config, store, now, random }: Server, user: User): Promise<SignInResult> {
  const token = sessionToken(random(32));
  const id = sessionId(token)!;
  const expiresAt = now() + SESSION_LIFETIME_MS;
  const session = {
    id,
    user_id: user.id,
    user_epoch: user.epoch,
    created_at: now(),
    expires_at: expiresAt,
  };
  await store.records.session.put(config.project, id, session, user.email);
  return { outcome: "signed_in", token, expiresAt, device: deviceToken(user, now(), random(16)) };
}

/** signOut revokes the session that `token` opened, if there is one. */
export async function signOut({ config, store, now }: Server, token: string | undefined): Promise<void> {
  const id = sessionId(token);
  if (id === undefined) return;
  const session = await store.records.session.get(config.project, id);
  if (session === undefined || session.revoked_at !== undefined) return;
  await store.records.session.put(config.project, id, { ...session, revoked_at: now() }, session.user_id);
}
