import { z } from "zod";

/** scopeSchema is what a key may do: send events, report on retrainings, set references and describe versions, read, or everything. */
export const scopeSchema = z.enum(["ingest", "report", "manage", "read", "admin"]);

/** apiKeySchema is an API key as stored: only the SHA-256 of the secret is kept. */
export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Hex SHA-256 of the whole key. */
  secret_sha256: z.string().length(64),
  prefix: z.string(),
  scopes: z.array(scopeSchema).min(1),
  created_at: z.number(),
  revoked_at: z.number().optional(),
});

/** userSchema is a person who signs in to the web app. */
export const userSchema = z.object({
  id: z.string(),
  email: z.email(),
  /** scrypt: `scrypt$N$r$p$salt$hash`, base64url parts. */
  password_hash: z.string(),
  role: z.enum(["admin", "viewer"]),
  created_at: z.number(),
  /** Whether the environment's settings made this user. Users stored before this mark existed were all made that way. */
  from_environment: z.boolean().default(true),
  /** Grows when the password changes or the user is disabled: a session holds only while it carries the same number. */
  epoch: z.number().int().nonnegative().default(0),
  /** A disabled user can't sign in, and has no session. */
  disabled_at: z.number().optional(),
});

/** sessionSchema is a signed-in browser: only the SHA-256 of its token is kept. */
export const sessionSchema = z.object({
  id: z.string(),
  user_id: z.string(),
  /** The user's epoch at sign-in. */
  user_epoch: z.number().int().nonnegative().default(0),
  created_at: z.number(),
  expires_at: z.number(),
  revoked_at: z.number().optional(),
});

export type Scope = z.infer<typeof scopeSchema>;
export type ApiKey = z.infer<typeof apiKeySchema>;
export type User = z.infer<typeof userSchema>;
export type Session = z.infer<typeof sessionSchema>;

/** isSessionOpen decides whether a session still lets `user` in: not revoked, not expired, and of a user who exists, is not disabled and has the same password as at sign-in. */
export function isSessionOpen(session: Session, user: User | undefined, now: number): boolean {
  if (session.revoked_at !== undefined || session.expires_at <= now) return false;
  return user !== undefined && user.disabled_at === undefined && user.epoch === session.user_epoch;
}
