import { API_KEY } from "./start-services.ts";

/** How a batch of events was answered. */
export interface BatchReply {
  status: number;
  body: {
    accepted?: number;
    duplicate?: number;
    rejected?: { index: number; code: string; message: string }[];
    code?: string;
    detail?: string;
    errors?: { path: string; message: string }[];
  };
  headers: Headers;
}

/** send posts a raw body of events and returns the answer. */
export async function send(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<BatchReply> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json", ...headers },
    body,
  });
  return {
    status: answer.status,
    body: (await answer.json()) as BatchReply["body"],
    headers: answer.headers,
  };
}

/** prediction returns a well-formed prediction with what a test wants different. */
export function prediction(
  id: string,
  change: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    id,
    timestamp: Date.UTC(2026, 0, 10, 12),
    model: "m",
    version: "1",
    features: { a: 1, b: "x" },
    prediction: { score: 0.5 },
    ...change,
  };
}
