import type { HttpPost } from "../runtime.ts";

/** createFetchPost returns a sender over the platform's own `fetch`, which keeps connections alive between batches. */
export function createFetchPost(fetchImplementation: typeof fetch): HttpPost {
  return async ({ url, headers, body, timeoutMs, signal }) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const answer = await fetchImplementation(url, {
      method: "POST",
      headers,
      body: body as NonNullable<RequestInit["body"]>,
      // Followed, a redirected POST would become a GET; the address is to be corrected instead.
      redirect: "manual",
      signal: anySignal(signal, deadline),
    });
    return {
      status: answer.status,
      retryAfter: answer.headers.get("retry-after"),
      body: await answer.text(),
    };
  };
}

function anySignal(first: AbortSignal, second: AbortSignal): AbortSignal {
  // AbortSignal.any came with Node 20; Node 18 gets the same by hand.
  if (typeof AbortSignal.any === "function") return AbortSignal.any([first, second]);
  const controller = new AbortController();
  for (const signal of [first, second]) {
    if (signal.aborted) controller.abort(signal.reason);
    else signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}
