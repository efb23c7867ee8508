import { connect, createServer, type Socket } from "node:net";

/** Cut is what a proxy does to one connection: where it breaks it off. */
export type Cut =
  | { what: "nothing" }
  /** After so many bytes of the request: the service sees a body that ends too early. */
  | { what: "request"; afterBytes: number }
  /** The request goes through whole, the answer does not come back: the sender can't know what happened. */
  | { what: "answer" };

/** CuttingProxy stands between senders and the service. */
export interface CuttingProxy {
  url: string;
  cuts: number;
  close(): Promise<void>;
}

/** startCuttingProxy listens on loopback, passes connections to `targetPort`, and breaks each off as `chooseCut` says. */
export async function startCuttingProxy(targetPort: number, chooseCut: () => Cut): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  const proxy = { url: "", cuts: 0, close };
  const server = createServer((near) => {
    const cut = chooseCut();
    const far = connect(targetPort, "127.0.0.1");
    let passed = 0;
    const end = () => {
      near.destroy();
      far.destroy();
      open.delete(near);
    };
    open.add(near);
    for (const socket of [near, far]) {
      socket.once("error", end);
      socket.once("close", end);
    }
    near.on("data", (chunk) => {
      const room = cut.what === "request" ? cut.afterBytes - passed : chunk.length;
      passed += chunk.length;
      if (room >= chunk.length) {
        far.write(chunk);
        return;
      }
      proxy.cuts++;
      far.write(chunk.subarray(0, Math.max(0, room)), end);
    });
    far.on("data", (chunk) => {
      if (cut.what !== "answer") {
        near.write(chunk);
        return;
      }
      proxy.cuts++;
      end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  proxy.url = `http://127.0.0.1:${address.port}`;
  return proxy;

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of open) socket.destroy();
    await closed;
  }
}
