import { LeewayError } from "@leeway/core/errors";
import { Decompress } from "fzstd";
import { zstdFrames } from "./zstd-frames.ts";

// What RFC 8878 asks every decoder to support, and what encoders keep to unless told otherwise.
const LARGEST_WINDOW = 8 * 1024 * 1024;

/** decodeZstd returns the uncompressed bytes of a Zstandard body, or throws where it is malformed or more than `limit` bytes. Node 20 has no Zstandard of its own. */
export function decodeZstd(bytes: Buffer, limit: number): Buffer {
  const frames = zstdFrames(bytes);
  if (frames === undefined) throw new LeewayError("invalid_request", "the body is not valid zstd");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (const frame of frames) {
    if (frame.windowBytes > Math.max(LARGEST_WINDOW, limit) || (frame.contentBytes ?? 0) > limit) {
      throw tooLarge(limit);
    }
    const decoder = new Decompress((chunk) => {
      size += chunk.length;
      if (size > limit) throw tooLarge(limit);
      // The decoder goes on writing into the window this may be a view of.
      if (chunk.length > 0) chunks.push(chunk.slice());
    });
    try {
      decoder.push(bytes.subarray(frame.start, frame.end), true);
    } catch (error) {
      if (error instanceof LeewayError) throw error;
      throw new LeewayError("invalid_request", "the body is not valid zstd", { cause: error });
    }
  }
  return Buffer.concat(chunks, size);
}

function tooLarge(limit: number): LeewayError {
  return new LeewayError("payload_too_large", `the body is more than ${limit} bytes once decompressed`);
}
