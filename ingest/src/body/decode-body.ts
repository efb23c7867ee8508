import { promisify } from "node:util";
import { brotliDecompress, gunzip } from "node:zlib";
import { LeewayError } from "@leeway/core/errors";
import type { ContentEncoding } from "./content-encoding.ts";
import { decodeZstd } from "./decode-zstd.ts";

const gunzipAsync = promisify(gunzip);
const brotliAsync = promisify(brotliDecompress);

/** decodeBody returns the decompressed body, or throws `payload_too_large` past `limit` bytes and `invalid_request` where it is malformed. */
export async function decodeBody(bytes: Buffer, encoding: ContentEncoding, limit: number): Promise<Buffer> {
  try {
    switch (encoding) {
      case "identity":
        return bytes;
      case "gzip":
        return await gunzipAsync(bytes, { maxOutputLength: limit });
      case "br":
        return await brotliAsync(bytes, { maxOutputLength: limit });
      case "zstd":
        return decodeZstd(bytes, limit);
      default:
        return encoding satisfies never;
    }
  } catch (error) {
    if (error instanceof LeewayError) throw error;
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") {
      throw new LeewayError("payload_too_large", `the body is more than ${limit} bytes once decompressed`);
    }
    throw new LeewayError("invalid_request", `the body is not valid ${encoding}`, { cause: error });
  }
}
