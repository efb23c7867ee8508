import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { CLIENT_ADDRESS_HEADER } from "../auth/client-address-header.ts";
import { clientAddress } from "../auth/trusted-proxies.ts";
import type { WebConfig } from "../server/config.ts";
import { problem } from "../server/problem.ts";
import { requestMarks } from "../server/request-mark.ts";
import { checkHead } from "./check-head.ts";
import { answerStoreAway } from "./store-away-page.ts";

/** NextHandler answers a request with the pages and routes. */
export type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * createGate returns what sees each request before Next does. It refuses by the head alone what must not be read, notes the client's address
 * for the routes, and removes the headers with which a client could pass for a proxy or for Next itself.
 */
export function createGate(config: WebConfig, next: NextHandler): RequestListener {
  return (request, response) => {
    const decision = checkHead(
      {
        method: request.method ?? "GET",
        path: request.url ?? "/",
        headers: new Headers(singleHeaders(request)),
        hosts: request.rawHeaders.filter((name, index) => index % 2 === 0 && /^host$/i.test(name)).length,
      },
      config.publicUrl,
    );
    if (decision.outcome === "refused") {
      // What remains of the body is read and thrown away by Node, until the server's own time limit.
      void send(response, problem(decision.code, decision.reason, decision.headers));
      return;
    }
    replaceHeaders(request, config);
    const mark = { isStoreAway: false };
    answerStoreAway(response, mark);
    requestMarks()
      .run(mark, () => next(request, response))
      .catch((error: unknown) => {
        console.error(error);
        if (response.headersSent) response.destroy();
        else
          void send(response, problem("internal", "The page could not be made. The server's log has more."));
      });
  };
}

function singleHeaders({ headers }: IncomingMessage): [string, string][] {
  return Object.entries(headers).map(([name, value]) => [name, String(value)]);
}

function replaceHeaders({ headers, socket }: IncomingMessage, { isTrustedProxy }: WebConfig): void {
  const forwardedFor = headers["x-forwarded-for"];
  const address = clientAddress(socket.remoteAddress, forwardedFor?.toString(), isTrustedProxy);
  for (const name of Object.keys(headers)) {
    if (name.startsWith("x-forwarded-") || name === "forwarded" || name === "next-action")
      delete headers[name];
  }
  delete headers[CLIENT_ADDRESS_HEADER];
  if (address !== undefined) headers[CLIENT_ADDRESS_HEADER] = address;
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  const body = await answer.text();
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(body);
}
