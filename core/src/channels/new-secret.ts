/** newSecret returns a signing secret in the form of Standard Webhooks: `whsec_` and 256 random bits. */
export function newSecret(randomBytes: (count: number) => Uint8Array): string {
  return `whsec_${btoa(String.fromCharCode(...randomBytes(32)))}`;
}
