import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { answersOk } from "./answers-ok.ts";

let server: Server | undefined;
const serve = async (listener: RequestListener) => {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

it("only a 2xx is an answer that is ok", async () => {
  let status = 200;
  const url = await serve((_request, response) => response.writeHead(status).end("body"));
  expect(await answersOk(url)).toBe(true);
  for (status of [503, 404, 302]) expect(await answersOk(url)).toBe(false);
});

it("no answer, half an answer and nobody there are a no, within a few seconds", async () => {
  const silent = await serve(() => undefined);
  expect(await answersOk(silent)).toBe(false);
  server?.closeAllConnections();
  server?.close();
  const half = await serve((_request, response) => response.writeHead(200).write("half"));
  expect(await answersOk(half)).toBe(false);
  server?.closeAllConnections();
  server?.close();
  expect(await answersOk(half)).toBe(false);
});
