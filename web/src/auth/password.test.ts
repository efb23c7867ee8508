import { expect, test } from "vitest";
import { decoyHash, hashPassword, verifyPassword } from "./password.ts";

const salt = Buffer.from("0123456789abcdef");

test("a password verifies against its own hash and no other does", async () => {
  const stored = await hashPassword("correct horse battery", salt);
  expect(stored).toMatch(/^scrypt\$32768\$8\$3\$/);
  expect(await verifyPassword("correct horse battery", stored)).toBe(true);
  expect(await verifyPassword("correct horse batterY", stored)).toBe(false);
  expect(await verifyPassword("", stored)).toBe(false);
});

test("spaces and emoji count as typed, and composed and decomposed letters are the same password", async () => {
  const stored = await hashPassword("  caf\u00e9 🚢 ", salt);
  expect(await verifyPassword("  cafe\u0301 🚢 ", stored)).toBe(true);
  expect(await verifyPassword("caf\u00e9 🚢", stored)).toBe(false);
});

test("no password matches the decoy, and a damaged hash matches nothing", async () => {
  expect(await verifyPassword("", decoyHash())).toBe(false);
  expect(await verifyPassword("x", "scrypt$1$1")).toBe(false);
  expect(await verifyPassword("x", "")).toBe(false);
});

test("a password longer than 128 characters is refused without hashing it", async () => {
  const stored = await hashPassword("short", salt);
  const before = process.cpuUsage();
  expect(await verifyPassword("x".repeat(1_000_000), stored)).toBe(false);
  // Work of all threads, which a busy machine does not add to; one hash takes more than twice as much.
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(50);
});
