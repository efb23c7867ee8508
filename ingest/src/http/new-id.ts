/** newId returns a fresh identifier: a readable prefix and 96 random bits. */
export function newId(prefix: string, randomBytes: (count: number) => Uint8Array): string {
  return `${prefix}_${Buffer.from(randomBytes(12)).toString("hex")}`;
}
