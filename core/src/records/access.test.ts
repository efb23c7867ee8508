import { expect, test } from "vitest";
import { isSessionOpen, sessionSchema, userSchema } from "./access.ts";

const USER = userSchema.parse({
  id: "u",
  email: "ada@example.org",
  password_hash: "h",
  role: "admin",
  created_at: 0,
  epoch: 3,
});
const SESSION = sessionSchema.parse({ id: "s", user_id: "u", user_epoch: 3, created_at: 0, expires_at: 100 });

test.each([
  ["of a user with the same password", SESSION, USER, 99, true],
  ["at the end of its life", SESSION, USER, 100, false],
  ["that was revoked", { ...SESSION, revoked_at: 50 }, USER, 60, false],
  ["whose user does not exist any more", SESSION, undefined, 1, false],
  ["whose user is disabled", SESSION, { ...USER, disabled_at: 1 }, 2, false],
  ["whose user has a new password", SESSION, { ...USER, epoch: 4 }, 1, false],
])("a session %s is open or not", (_, session, user, now, isOpen) => {
  expect(isSessionOpen(session, user, now)).toBe(isOpen);
});

test("users and sessions stored before these fields existed stay valid, and count as made from the environment", () => {
  const { epoch, from_environment, ...user } = USER;
  const { user_epoch, ...session } = SESSION;
  expect([epoch, from_environment, user_epoch]).toEqual([3, true, 3]);
  expect(userSchema.parse(user)).toMatchObject({ from_environment: true, epoch: 0 });
  expect(isSessionOpen(sessionSchema.parse(session), userSchema.parse(user), 1)).toBe(true);
});
