import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip } from "node:zlib";
import { LeewayError } from "@leeway/core/errors";
import type { ContentEncoding } from "./content-encoding.ts";

/** readChunks yields a body's decompressed bytes as they arrive; a sender who is silent for `idleMs` while more is wanted is given up. */
export async function* readChunks(
  stream: Readable,
  encoding: Exclude<ContentEncoding, "zstd">,
  idleMs: number,
): AsyncGenerator<Buffer> {
  const decoded = decompressed(stream, encoding);
  const chunks = decoded[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  try {
    for (;;) {
      const next = await withinTime(chunks.next(), idleMs);
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    if (error instanceof LeewayError) throw error;
    throw new LeewayError("invalid_request", `the body ended early or is not valid ${encoding}`, {
      cause: error,
    });
  } finally {
    decoded.destroy();
  }
}

function decompressed(stream: Readable, encoding: Exclude<ContentEncoding, "zstd">): Readable {
  if (encoding === "identity") return stream;
  const decoder = encoding === "gzip" ? createGunzip() : createBrotliDecompress();
  // Failures of either side surface where the decoder is read.
  return pipeline(stream, decoder, () => undefined);
}

async function withinTime<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new LeewayError("invalid_request", `no data for ${limitMs} ms`)),
      limitMs,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
