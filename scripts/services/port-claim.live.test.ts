import { createServer } from "node:net";
import { expect, it } from "vitest";
import { freePort } from "./free-port.ts";
import { createPortClaims } from "./port-claim.ts";

const wish = (port: number, choice: "fixed" | "any" = "fixed") => ({
  what: "the API",
  variable: "LEEWAY_PORT",
  port,
  choice,
});

it("a port that another launcher has claimed is taken, though nothing listens there yet", async () => {
  const port = await freePort();
  const first = createPortClaims(() => undefined);
  const second = createPortClaims(() => undefined);
  expect(await first.claim(wish(port))).toBe(port);
  await expect(second.claim(wish(port))).rejects.toThrow(
    `port ${port} (the API) is taken by another Leeway. Stop it, or set LEEWAY_PORT to another port.`,
  );
  first.release();
  expect(await second.claim(wish(port))).toBe(port);
  second.release();
});

it("a port on which another program listens is named, or replaced and said where any will do", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const said: string[] = [];
  const claims = createPortClaims((line) => said.push(line));
  await expect(claims.claim(wish(port))).rejects.toThrow(
    `port ${port} (the API) is taken by another program`,
  );
  const other = await claims.claim(wish(port, "any"));
  expect(other).not.toBe(port);
  expect(said.join()).toContain(`it is at ${other} this time`);
  claims.release();
  server.close();
});
