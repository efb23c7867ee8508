import { isSessionOpen, type Session, sessionSchema, type User, userSchema } from "@leeway/core/records";
import { z } from "zod";

/** sessionViewSchema is a session of the web app as the API shows it. Its id is a hash of the browser's token and opens nothing. */
export const sessionViewSchema = sessionSchema
  .pick({ id: true, user_id: true, created_at: true, expires_at: true, revoked_at: true })
  .extend({ email: userSchema.shape.email.optional(), open: z.boolean() });

/** sessionView returns what of a session may be shown, and whether it still lets its user in. */
export function sessionView(
  session: Session,
  user: User | undefined,
  now: number,
): z.infer<typeof sessionViewSchema> {
  return sessionViewSchema.parse({
    ...session,
    ...(user === undefined ? {} : { email: user.email }),
    open: isSessionOpen(session, user, now),
  });
}
