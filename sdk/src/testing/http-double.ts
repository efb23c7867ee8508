import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** HttpDouble is a server on a free port of the loopback address. */
export interface HttpDouble {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** startHttpDouble answers every request with `answer`. Closing it cuts what is still open. */
export async function startHttpDouble(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<HttpDouble> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, port },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
