/**
 * addressWords returns where a request went without what may be a secret of its address: the method and the origin. O(length).
 *
 * @example addressWords("https://hooks.example/services/T0?token=a"); // "POST https://hooks.example/…"
 */
export function addressWords(url: string): string {
  return `POST ${new URL(url).origin}/…`;
}
