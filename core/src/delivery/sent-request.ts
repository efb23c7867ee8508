/** SentRequest is what a transport sent: where to, in words without a secret, and the body as it was. */
export interface SentRequest {
  to: string;
  body: unknown;
}

const MOST_CHARACTERS = 16_000;

/**
 * requestText returns requests as the log keeps them, one after another: where to, then the body. What is longer than 16,000 characters is cut, and says so. O(length).
 *
 * @example requestText([{ to: "POST https://receiver.example", body: { a: 1 } }]); // 'POST https://receiver.example\n{\n  "a": 1\n}'
 */
export function requestText(requests: readonly SentRequest[]): string {
  const text = requests
    .map(({ to, body }) => `${to}\n${typeof body === "string" ? body : JSON.stringify(body, null, 2)}`)
    .join("\n\n");
  if (text.length <= MOST_CHARACTERS) return text;
  return `${text.slice(0, MOST_CHARACTERS)}\n… (cut; ${text.length} characters in all)`;
}
