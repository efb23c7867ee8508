import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { makeScrape } from "./make-scrape.ts";

// One process for all endpoints and for what stores the samples: neither is measured.
const turns = new Map<number, number>();
let stored = 0;
const server = createServer(async (request, response) => {
  if (request.method === "POST") {
    let text = "";
    for await (const chunk of request) text += chunk;
    const { length } = (JSON.parse(text) as { samples: unknown[] }).samples;
    stored += length;
    response.end(JSON.stringify({ accepted: length, duplicate: 0, rejected: [] }));
    return;
  }
  if (request.url === "/stored") {
    response.end(String(stored));
    return;
  }
  const endpoint = Number(request.url?.slice(1));
  const turn = turns.get(endpoint) ?? 0;
  turns.set(endpoint, turn + 1);
  response.setHeader("content-type", "text/plain; version=0.0.4");
  response.end(makeScrape(endpoint, turn));
}).listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.on("disconnect", () => process.exit(0));
