import http from "node:http";

// A server that reads every body, counts the events in it and answers as if all were stored; it prints its port. `GET /`
// tells the count, so that a recorder which drops silently is found out.
let received = 0;

function countEvents(body: Buffer): number {
  const marker = body.includes('"spanId"') ? '"spanId"' : '"features"';
  let count = 0;
  for (let at = body.indexOf(marker); at >= 0; at = body.indexOf(marker, at + 1)) count++;
  return count;
}

const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    response.setHeader("content-type", "application/json");
    if (request.method === "GET") return response.end(String(received));
    const accepted = countEvents(Buffer.concat(chunks));
    received += accepted;
    const isTrace = request.url?.endsWith("/traces");
    return response.end(isTrace ? "{}" : JSON.stringify({ accepted, duplicate: 0, rejected: [] }));
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") console.log(address.port);
});
