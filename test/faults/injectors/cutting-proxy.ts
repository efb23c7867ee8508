import { connect, createServer, type Socket } from "node:net";

/** Cut is what a proxy does to one exchange: where it breaks it off, or how long it holds it up. */
export type Cut =
  | { what: "nothing" }
  /** After so many bytes of the request: the service sees a body that ends too early. */
  | { what: "request"; afterBytes: number }
  /** The request goes through whole, the answer does not come back: the sender can't know what happened. */
  | { what: "answer" }
  /** The request goes through after so many milliseconds. */
  | { what: "delay"; ms: number }
  /** Nothing goes through; the sender gets this answer. */
  | { what: "answered"; by: string }
  /** Nothing goes through any more, and nobody is notified: the connection stays open. */
  | { what: "silence" };

/** CuttingProxy stands between senders and the service. */
export interface CuttingProxy {
  url: string;
  cuts: number;
  close(): Promise<void>;
}

const ANSWERING_MS = 50;

/** startCuttingProxy listens on loopback, passes connections to `targetPort`, and treats each exchange on them as `chooseCut` says. */
export async function startCuttingProxy(targetPort: number, chooseCut: () => Cut): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  const proxy = { url: "", cuts: 0, close };
  const server = createServer((near) => {
    const far = connect(targetPort, "127.0.0.1");
    let cut: Cut | undefined;
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
      if (cut === undefined) {
        cut = chooseCut();
        passed = 0;
        if (cut.what !== "nothing") proxy.cuts++;
      }
      passed += chunk.length;
      switch (cut.what) {
        case "request":
          if (passed <= cut.afterBytes) far.write(chunk);
          else far.write(chunk.subarray(0, Math.max(0, chunk.length - (passed - cut.afterBytes))), end);
          return;
        case "delay":
          setTimeout(() => far.writable && far.write(chunk), cut.ms);
          return;
        case "answered": {
          const { by } = cut;
          // The rest of the request is on its way still.
          setTimeout(() => near.writable && near.end(by), ANSWERING_MS);
          return;
        }
        case "silence":
          return;
        case "answer":
        case "nothing":
          far.write(chunk);
          return;
        default:
          cut satisfies never;
      }
    });
    far.on("data", (chunk) => {
      const isCut = cut?.what === "answer";
      // What is sent after an answer is another exchange.
      cut = undefined;
      if (isCut) end();
      else near.write(chunk);
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

/** throughProxy returns the address `url`, with its user and password, by way of a proxy. */
export function throughProxy(proxyUrl: string, url: string): string {
  const address = new URL(url);
  address.port = new URL(proxyUrl).port;
  return address.toString();
}
