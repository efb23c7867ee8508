import { expect, test } from "vitest";
import { sessionId, sessionToken, userId } from "./session-token.ts";

test("a token of 32 random bytes has an id that does not reveal it", () => {
  const token = sessionToken(Buffer.alloc(32, 7));
  expect(token).toHaveLength(43);
  expect(sessionId(token)).toMatch(/^[0-9a-f]{64}$/);
  expect(sessionId(token)).not.toContain(token.slice(0, 8));
});

test.each([undefined, "", "short", "x".repeat(8_192), `${"a".repeat(42)}=`])("%s is no token", (token) => {
  expect(sessionId(token)).toBeUndefined();
});

test("an e-mail address names one user, whatever its case or surrounding space", () => {
  expect(userId(" Ada@Example.org ")).toBe(userId("ada@example.org"));
  expect(userId("ada@example.org")).not.toBe(userId("bob@example.org"));
});
