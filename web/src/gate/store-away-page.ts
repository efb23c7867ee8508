import type { ServerResponse } from "node:http";
import type { RequestMark } from "../server/request-mark.ts";

const RETRY_AFTER_SECONDS = 10;

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="${RETRY_AFTER_SECONDS}">
<title>The database does not answer · Leeway</title>
</head>
<body>
<main>
<h1>The database does not answer</h1>
<p>Leeway needs its database to show this page. The page tries again every ${RETRY_AFTER_SECONDS} seconds.</p>
<p>If this lasts, check that ClickHouse runs and that CLICKHOUSE_URL is right.</p>
</main>
</body>
</html>
`;

/**
 * answerStoreAway makes `response` a 503 with a page in plain words, where Next is about to answer 500 because the store was away. Next knows no way
 * for a page to set another status, and its own page of a 500 is empty without scripts.
 */
export function answerStoreAway(response: ServerResponse, mark: RequestMark): void {
  const { writeHead, write, end } = response;
  let state: "own" | "replaced" | "done" = "own";

  const replacedHead = (...args: unknown[]): ServerResponse => {
    if (!mark.isStoreAway || Number(args[0]) < 500) return Reflect.apply(writeHead, response, args);
    state = "replaced";
    for (const name of ["content-encoding", "transfer-encoding", "etag"]) response.removeHeader(name);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("content-length", Buffer.byteLength(PAGE));
    response.setHeader("cache-control", "no-store");
    response.setHeader("retry-after", RETRY_AFTER_SECONDS);
    return Reflect.apply(writeHead, response, [503]);
  };
  const replaced =
    (original: typeof write | typeof end) =>
    (...args: unknown[]): unknown => {
      // The decision is made before the first byte, as it would be by the first write itself.
      if (state === "own" && !response.headersSent) response.writeHead(response.statusCode);
      if (state === "own") return Reflect.apply(original, response, args);
      if (state === "replaced") {
        state = "done";
        Reflect.apply(end, response, [PAGE]);
      }
      return original === end ? response : true;
    };
  Object.assign(response, { writeHead: replacedHead, write: replaced(write), end: replaced(end) });
}
