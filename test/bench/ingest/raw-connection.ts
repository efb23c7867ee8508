import { connect, type Socket } from "node:net";

/** RawConnection sends one prepared HTTP request after the other over one connection. */
export interface RawConnection {
  /** Resolves with the status of the answer once it is complete; 0 where the connection ended before that. */
  send(request: Uint8Array): Promise<number>;
  close(): void;
}

/** openConnection connects to `host:port`. It understands answers with a Content-Length only, which is what the service sends. */
export async function openConnection(host: string, port: number): Promise<RawConnection> {
  let received = "";
  let answered: ((status: number) => void) | undefined;
  const settle = (status: number) => {
    const resolve = answered;
    answered = undefined;
    received = "";
    resolve?.(status);
  };
  const socket: Socket = connect({ host, port, noDelay: true });
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    received += chunk;
    const headEnd = received.indexOf("\r\n\r\n");
    if (headEnd === -1) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(received)?.[1]);
    if (received.length >= headEnd + 4 + length) settle(Number(received.slice(9, 12)));
  });
  socket.on("error", () => settle(0));
  socket.on("close", () => settle(0));
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  return {
    send: (request) =>
      new Promise((resolve) => {
        if (socket.destroyed) {
          resolve(0);
          return;
        }
        answered = resolve;
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
