import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import * as zlib from "node:zlib";
import { EngineError } from "./engine-error.ts";

/** MAXIMUM_TEXT_BYTES bounds statements and parameters; rows of an INSERT go to a file and are not bounded by it. */
const MAXIMUM_TEXT_BYTES = 64 * 1024 * 1024;

/** engineCodec returns the engine's name of a content encoding, so that it unpacks a file itself; undefined for none. */
export function engineCodec(contentEncoding: string | undefined): string | undefined {
  switch (contentEncoding) {
    case undefined:
    case "":
    case "identity":
      return undefined;
    case "gzip":
    case "deflate":
    case "br":
    case "zstd":
    case "lz4":
    case "xz":
      return contentEncoding;
    default:
      throw new EngineError(48, "NOT_IMPLEMENTED", `Content-Encoding ${contentEncoding} is not supported`);
  }
}

/** readText returns the whole unpacked body of a request that is a statement (with or without rows after it). */
export async function readText(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of unpacked(request)) {
    size += (chunk as Buffer).length;
    if (size > MAXIMUM_TEXT_BYTES)
      throw new EngineError(307, "TOO_MANY_BYTES", "The statement is longer than 64 MiB");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks, size);
}

function unpacked(request: IncomingMessage): Readable {
  const encoding = request.headers["content-encoding"];
  switch (engineCodec(encoding)) {
    case undefined:
      return request;
    case "gzip":
      return request.pipe(zlib.createGunzip());
    case "deflate":
      return request.pipe(zlib.createInflate());
    case "br":
      return request.pipe(zlib.createBrotliDecompress());
    default:
      throw new EngineError(
        48,
        "NOT_IMPLEMENTED",
        `Content-Encoding ${encoding} is supported for inserted rows only`,
      );
  }
}
