import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { ApiDouble } from "./api-doubles.ts";

/** Listening is a server of a test: its address, and how it ends. */
export interface Listening {
  url: string;
  close(): void;
}

/** listenHttp starts an HTTP server on a free port of this machine. */
export async function listenHttp(listener: RequestListener): Promise<Listening> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** listenSmtp starts a mail server on a free port of this machine. */
export async function listenSmtp(options: SMTPServerOptions): Promise<Listening> {
  const server = new SMTPServer({ ...options, logger: false, closeTimeout: 10 });
  // A client that hangs up is part of the tests.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  };
}

/** listenDouble starts an HTTP server that answers as `double` does. */
export function listenDouble(double: ApiDouble): Promise<Listening> {
  return listenHttp((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      const { url: path = "", headers } = request;
      response.writeHead(double.answer({ path, headers, body: JSON.parse(text) })).end();
    });
  });
}
