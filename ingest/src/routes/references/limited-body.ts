import { Readable } from "node:stream";
import { LeewayError } from "@leeway/core/errors";
import type { BodySource } from "../../body/body-source.ts";
import { contentEncodingOf } from "../../body/content-encoding.ts";
import { readChunks } from "../../body/read-chunks.ts";

const IDLE_MS = 30_000;

/** limitedBody returns a body's decompressed bytes as a stream that breaks off with `payload_too_large` past `maxBytes`; nothing is held in memory. */
export function limitedBody(source: BodySource, maxBytes: number): Readable {
  const encoding = contentEncodingOf(source.contentEncoding);
  if (encoding === "zstd")
    throw new LeewayError(
      "unsupported_media_type",
      "Content-Encoding of a reference must be gzip, br or identity",
    );
  return Readable.from(withinLimit(readChunks(source.stream, encoding, IDLE_MS), maxBytes));
}

async function* withinLimit(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let received = 0;
  for await (const chunk of chunks) {
    received += chunk.length;
    if (received > maxBytes)
      throw new LeewayError("payload_too_large", `the reference is more than ${maxBytes} bytes`);
    yield chunk;
  }
}
