import { createHash } from "node:crypto";

/** How long a session lasts from sign-in, whatever is done with it. */
export const SESSION_LIFETIME_MS = 7 * 86_400_000;

const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** sessionToken returns the opaque cookie value for 32 random bytes (256 bits, base64url). */
export function sessionToken(random: Buffer): string {
  return random.toString("base64url");
}

/** sessionId returns the id a session is stored under, the hex SHA-256 of its token; undefined for what can't be a token, so that junk never reaches the store. */
export function sessionId(token: string | undefined): string | undefined {
  if (token === undefined || !TOKEN_PATTERN.test(token)) return undefined;
  return createHash("sha256").update(token).digest("hex");
}

/** userId returns the id of the user with this e-mail address: derived from it, so that two racing sign-ups converge on one user. */
export function userId(email: string): string {
  return createHash("sha256").update(email.trim().toLowerCase()).digest("hex").slice(0, 32);
}

/** sessionCookieName returns the cookie's name: with https it carries the `__Host-` prefix, which ties it to this host and to Secure. */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? "__Host-leeway_session" : "leeway_session";
}
