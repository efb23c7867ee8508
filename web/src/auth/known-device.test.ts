import { expect, test } from "vitest";
import { DEVICE_LIFETIME_MS, deviceToken, isDeviceToken, knownDevice } from "./known-device.ts";

const ADA = { id: "ada", password_hash: "scrypt$1$1$1$salt$key" };
const NOW = Date.UTC(2026, 0, 5);
const TOKEN = deviceToken(ADA, NOW, Buffer.alloc(16, 7));

test("a device is known to its owner, and has the same id each time", () => {
  expect(isDeviceToken(TOKEN)).toBe(true);
  expect(knownDevice(TOKEN, ADA, NOW + 1)).toBe(Buffer.alloc(16, 7).toString("base64url"));
  expect(TOKEN).not.toContain("scrypt");
});

test.each([
  ["another user", TOKEN, { ...ADA, id: "bob" }, NOW],
  ["the same user with another password", TOKEN, { ...ADA, password_hash: "scrypt$1$1$1$salt$other" }, NOW],
  ["nobody", TOKEN, undefined, NOW],
  ["its owner after half a year", TOKEN, ADA, NOW + DEVICE_LIFETIME_MS + 1],
  ["its owner with a later date written into it", TOKEN.replace(/^\d+/, String(NOW + 5)), ADA, NOW],
  ["its owner with another device's id", TOKEN.replace(/\.\w/, ".A"), ADA, NOW],
  ["its owner once cut short", TOKEN.slice(0, -1), ADA, NOW],
])("a token is not known to %s", (_, token, owner, now) => {
  expect(knownDevice(token, owner, now)).toBeUndefined();
});

test.each([undefined, "", "x", "1.2.3", "x".repeat(8_192)])("%s is no token", (token) => {
  expect(isDeviceToken(token)).toBe(false);
});
