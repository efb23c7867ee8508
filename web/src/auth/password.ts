import { scrypt, timingSafeEqual } from "node:crypto";

/**
 * The cost of one guess: N = 2^15, r = 8, p = 3 (32 MiB, about 0.2 s on one 2020s core), one of the equivalent settings that OWASP's
 * password storage guidance lists. The parameters are stored in each hash, so that they can be raised later.
 * Why scrypt: docs/adr/0018-passwords-are-hashed-with-scrypt.md.
 */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
const KEY_BYTES = 32;
/** The longest password. A longer one would only make hashing slower. */
export const MAX_PASSWORD_LENGTH = 128;

/** hashPassword returns `scrypt$N$r$p$salt$hash` (base64url) for `password` under the given 16-byte salt. */
export async function hashPassword(password: string, salt: Buffer): Promise<string> {
  const key = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** verifyPassword decides whether `password` is the one that `stored` was made from; compares in constant time. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const parsed = parseHash(stored);
  if (parsed === undefined || password.length > MAX_PASSWORD_LENGTH) return false;
  const key = await derive(password, parsed.salt, parsed);
  return timingSafeEqual(key, parsed.key);
}

/** decoyHash returns a hash no password matches: verifying against it makes an unknown e-mail cost what a known one does. */
export function decoyHash(): string {
  const zeros = Buffer.alloc(KEY_BYTES).toString("base64url");
  return ["scrypt", COST.N, COST.r, COST.p, Buffer.alloc(16).toString("base64url"), zeros].join("$");
}

interface Cost {
  N: number;
  r: number;
  p: number;
}

function parseHash(stored: string): (Cost & { salt: Buffer; key: Buffer }) | undefined {
  const [scheme, N, r, p, salt, key] = stored.split("$");
  if (scheme !== "scrypt" || salt === undefined || key === undefined) return undefined;
  const keyBytes = Buffer.from(key, "base64url");
  if (keyBytes.length !== KEY_BYTES) return undefined;
  return { N: Number(N), r: Number(r), p: Number(p), salt: Buffer.from(salt, "base64url"), key: keyBytes };
}

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: cost.N, r: cost.r, p: cost.p, maxmem: 256 * cost.N * cost.r };
    scrypt(password.normalize("NFC"), salt, KEY_BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
