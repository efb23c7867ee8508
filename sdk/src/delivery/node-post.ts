import type * as NodeHttp from "node:http";
import type * as NodeHttps from "node:https";
import type { HttpAnswer, HttpPost } from "../runtime.ts";

/** NodeHttpModules are the parts of Node that `createNodePost` stands on. */
export interface NodeHttpModules {
  readonly http: Pick<typeof NodeHttp, "request" | "Agent">;
  readonly https: Pick<typeof NodeHttps, "request" | "Agent">;
}

/** An answer longer than this is not ingest's: reading on would only cost memory. */
const LONGEST_ANSWER = 4 * 1024 * 1024;
/** Shorter than the usual idle time-out of servers and balancers, so that they seldom close first. */
const IDLE_SOCKET_MS = 4_000;

/**
 * createNodePost returns a sender over Node's own HTTP client with connections kept alive. Unlike `fetch` its sockets never
 * hold the process open, so a server that doesn't answer can't keep the host from exiting.
 */
export function createNodePost({ http, https }: NodeHttpModules): HttpPost {
  const agentOptions = { keepAlive: true, timeout: IDLE_SOCKET_MS };
  const plainAgent = new http.Agent(agentOptions);
  const secureAgent = new https.Agent(agentOptions);

  return ({ url, headers, body, timeoutMs, signal }) =>
    new Promise<HttpAnswer>((resolve, reject) => {
      const isSecure = url.startsWith("https:");
      const request = (isSecure ? https : http).request(url, {
        method: "POST",
        agent: isSecure ? secureAgent : plainAgent,
        headers: { ...headers, "content-length": String(byteLength(body)) },
        signal,
      });
      const timer = setTimeout(
        () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)),
        timeoutMs,
      );
      timer.unref();
      const fail = (error: Error): void => {
        clearTimeout(timer);
        reject(error);
      };
      request.on("socket", (socket) => socket.unref());
      request.on("error", fail);
      request.on("response", (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on("error", fail);
        response.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size > LONGEST_ANSWER) request.destroy(new Error("the answer is too long"));
          else chunks.push(chunk);
        });
        response.on("end", () => {
          clearTimeout(timer);
          resolve({
            status: response.statusCode ?? 0,
            retryAfter: response.headers["retry-after"] ?? null,
            body: Buffer.concat(chunks).toString("utf8"),
          });
        });
        response.on("close", () => {
          if (!response.complete) fail(new Error("the connection closed within the answer"));
        });
      });
      request.end(body);
    });
}

function byteLength(body: string | Uint8Array): number {
  return typeof body === "string" ? Buffer.byteLength(body) : body.length;
}
