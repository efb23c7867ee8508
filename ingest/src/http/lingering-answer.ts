import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";

const LONGEST_MS = 15_000;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * lingeringAnswer returns `bytes` as a stream that ends only when the rest of the request has come (or is too much to wait for), and throws that
 * rest away. A connection that is closed while its sender still writes is reset, and the sender never reads the answer.
 */
export function lingeringAnswer(bytes: Buffer, request: IncomingMessage): Readable {
  const answer = new Readable({ read: () => undefined });
  let rest = 0;
  const end = () => {
    clearTimeout(timer);
    request.off("data", count).off("end", end).off("close", end).off("error", end);
    answer.push(null);
  };
  const count = (chunk: Buffer) => {
    rest += chunk.length;
    if (rest > MOST_BYTES) end();
  };
  const timer = setTimeout(end, LONGEST_MS);
  answer.once("close", () => clearTimeout(timer));
  answer.push(bytes);
  request.on("data", count).once("end", end).once("close", end).once("error", end);
  if (request.readableEnded || request.destroyed) end();
  else request.resume();
  return answer;
}
