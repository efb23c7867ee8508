import { Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";

/** GetRequest is one GET with its limits. */
export interface GetRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Certificates of the authorities that are trusted, as PEM. */
  readonly ca?: string | undefined;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** onText takes the body piece by piece; what it returns ends the reading with that reason. */
  readonly onText: (text: string, contentType: string) => string | undefined;
}

/** GetFailure says why there is no answer that can be used. */
export type GetFailure = "timeout" | "unreachable" | "refused" | "too_large" | "not_metrics";

/** GetOutcome is what a GET came to. */
export type GetOutcome =
  | { readonly kind: "answered"; readonly contentType: string; readonly bytes: number }
  | { readonly kind: "failed"; readonly reason: GetFailure; readonly message: string };

/** HttpGet asks one address; it never throws. */
export type HttpGet = (request: GetRequest) => Promise<GetOutcome>;

/** createHttpGet returns a client that keeps connections open between scrapes. `close` ends them. */
export function createHttpGet(): HttpGet & { close(): void } {
  const plain = new PlainAgent({ keepAlive: true });
  const secure = new SecureAgent({ keepAlive: true });
  const get: HttpGet = (request) =>
    new Promise((resolve) => {
      startGet(request, request.url.startsWith("https:") ? secure : plain, resolve);
    });
  return Object.assign(get, {
    close() {
      plain.destroy();
      secure.destroy();
    },
  });
}

/** Time and bytes are bounded in all: an endpoint that sends a byte now and then is as slow as one that sends none. */
function startGet(request: GetRequest, agent: PlainAgent, resolve: (outcome: GetOutcome) => void): void {
  const { url, headers, ca, timeoutMs, maxBytes } = request;
  let isSettled = false;
  const settle = (outcome: GetOutcome): void => {
    if (isSettled) return;
    isSettled = true;
    clearTimeout(timer);
    // An answer that was not read to its end leaves a connection that can't be used again.
    if (outcome.kind === "failed") sent.destroy();
    resolve(outcome);
  };
  const fail = (reason: GetFailure, message: string): void => settle({ kind: "failed", reason, message });
  const isSecure = url.startsWith("https:");
  const sent = (isSecure ? secureRequest : plainRequest)(url, {
    agent,
    headers: { "accept-encoding": "identity", ...headers },
    ...(isSecure && ca !== undefined && { ca }),
  });
  const timer = setTimeout(() => fail("timeout", `no whole answer within ${timeoutMs} ms`), timeoutMs);
  sent.on("error", (error) => fail("unreachable", error.message));
  sent.on("response", (response) => {
    const { statusCode = 0 } = response;
    const contentType = response.headers["content-type"] ?? "";
    const announced = Number(response.headers["content-length"] ?? 0);
    if (statusCode !== 200) return fail("refused", `HTTP ${statusCode}`);
    if (
      response.headers["content-encoding"] !== undefined &&
      response.headers["content-encoding"] !== "identity"
    )
      return fail("not_metrics", "the answer is compressed though this was not asked for");
    if (announced > maxBytes) return fail("too_large", `${announced} bytes, more than ${maxBytes}`);
    let bytes = 0;
    const decoder = new TextDecoder();
    response.on("data", (chunk: Buffer) => {
      if (isSettled) return;
      bytes += chunk.length;
      if (bytes > maxBytes) return fail("too_large", `more than ${maxBytes} bytes`);
      const problem = request.onText(decoder.decode(chunk, { stream: true }), contentType);
      if (problem !== undefined) fail("not_metrics", problem);
    });
    response.on("error", (error) => fail("unreachable", error.message));
    response.on("end", () => settle({ kind: "answered", contentType, bytes }));
    response.on("close", () => fail("unreachable", "the connection closed within the answer"));
  });
  sent.end();
}
