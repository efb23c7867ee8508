import type { Transform } from "node:stream";
import { constants, createBrotliCompress, createGzip } from "node:zlib";

/** AnswerEncoding is a codec the client takes and a fresh compressor for it. */
export interface AnswerEncoding {
  name: "gzip" | "br";
  compressor: Transform;
}

/** chooseAnswerEncoding returns how to compress an answer for a client that sent `acceptEncoding`, undefined for not at all. */
export function chooseAnswerEncoding(acceptEncoding: string | undefined): AnswerEncoding | undefined {
  const accepted = (acceptEncoding ?? "").split(",").map((part) => part.split(";")[0]!.trim());
  // Loopback is fast and the machine's cores are shared with the engine: the quickest level.
  if (accepted.includes("gzip")) return { name: "gzip", compressor: createGzip({ level: 1 }) };
  if (accepted.includes("br")) {
    return {
      name: "br",
      compressor: createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
    };
  }
  return undefined;
}
