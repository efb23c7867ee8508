/** ApiClient speaks to Leeway's public HTTP API with a key, as any user would. */
export interface ApiClient {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
}

/** createApiClient returns a client of the API at `url`; every refusal is thrown with the problem the API named, and a service that is just being started again is waited for. */
export function createApiClient(url: string, apiKey: string): ApiClient {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetchPatiently(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
    return JSON.parse(text) as T;
  };
  return {
    get: (path) => call("GET", path),
    post: (path, body) => call("POST", path, body),
    put: (path, body) => call("PUT", path, body),
  };
}

const PATIENCE_MS = 60_000;

async function fetchPatiently(url: string, request: RequestInit): Promise<Response> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(30_000) }).catch(
      (error: Error) => error,
    );
    const isAway = answer instanceof Error || answer.status === 503;
    if (!isAway) return answer;
    if (Date.now() > deadline) throw answer instanceof Error ? answer : new Error(`${url} stayed at 503`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
