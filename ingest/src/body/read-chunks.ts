import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip } from "node:zlib";
import { LeewayError } from "@leeway/core/errors";
import type { ContentEncoding } from "./content-encoding.ts";

/** readChunks yields a body's decompressed bytes as they arrive; a sender who is silent for `idleMs` while more is wanted is given up. */
export async function* readChunks(
  stream: Readable,
  encoding: Exclude<ContentEncoding, "zstd">,
  idleMs: number,
): AsyncGenerator<Buffer> {
  const { decoded, detach } = decompressed(stream, encoding);
  // Ended or not, the request must outlive its reader: the answer goes out on the same connection.
  const chunks = decoded.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
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
    // Not awaited: a piece that was asked for and never came would be waited for.
    void chunks.return?.();
    detach();
  }
}

function decompressed(
  stream: Readable,
  encoding: Exclude<ContentEncoding, "zstd">,
): { decoded: Readable; detach: () => void } {
  if (encoding === "identity") return { decoded: stream, detach: () => stream.pause() };
  const decoder = encoding === "gzip" ? createGunzip() : createBrotliDecompress();
  // A body that is cut off surfaces where the decoder is read.
  const cut = (cause?: Error) => {
    if (!stream.readableEnded)
      decoder.destroy(cause ?? new Error("the connection ended before the body did"));
  };
  stream.once("error", cut).once("close", cut);
  stream.pipe(decoder);
  return {
    decoded: decoder,
    detach() {
      stream.off("error", cut).off("close", cut);
      stream.unpipe(decoder);
      decoder.destroy();
    },
  };
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
