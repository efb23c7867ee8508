import { createHmac, timingSafeEqual } from "node:crypto";

/** How long a browser stays known after its last sign-in. */
export const DEVICE_LIFETIME_MS = 180 * 86_400_000;

const TOKEN_PATTERN = /^(\d{13})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;

/** DeviceOwner is what of a user a device's token depends on: with another password all devices are strangers again. */
export interface DeviceOwner {
  id: string;
  password_hash: string;
}

/**
 * deviceToken returns the cookie that marks a browser which has signed in as `owner`. It opens nothing. It only shows that a try comes from
 * where the right password was known before, so that other people's guesses can't make its owner wait.
 */
export function deviceToken(owner: DeviceOwner, now: number, random: Buffer): string {
  const head = `${now}.${random.toString("base64url")}`;
  return `${head}.${seal(owner, head).toString("base64url")}`;
}

/** isDeviceToken decides whether a cookie can be a device's token at all, so that junk never reaches the store. */
export function isDeviceToken(token: string | undefined): token is string {
  return token !== undefined && TOKEN_PATTERN.test(token);
}

/** knownDevice returns the device's id where `token` was made for `owner` and is not too old, and undefined otherwise. */
export function knownDevice(token: string, owner: DeviceOwner | undefined, now: number): string | undefined {
  const [, issuedAt, device, mac] = TOKEN_PATTERN.exec(token) ?? [];
  if (owner === undefined || issuedAt === undefined || device === undefined || mac === undefined)
    return undefined;
  if (now - Number(issuedAt) > DEVICE_LIFETIME_MS) return undefined;
  // 43 letters hold 258 bits: the two left over must not make a second spelling of the same token.
  const expected = Buffer.from(seal(owner, `${issuedAt}.${device}`).toString("base64url"));
  return timingSafeEqual(Buffer.from(mac), expected) ? device : undefined;
}

/** deviceCookieName returns the cookie's name: with https it carries the `__Host-` prefix, as the session's does. */
export function deviceCookieName(isSecure: boolean): string {
  return isSecure ? "__Host-leeway_device" : "leeway_device";
}

// The hash holds a random salt and a key of 256 bits, so that it is as good a secret as any, and no further one has to be kept.
function seal(owner: DeviceOwner, head: string): Buffer {
  return createHmac("sha256", owner.password_hash).update(`known device\n${owner.id}\n${head}`).digest();
}
