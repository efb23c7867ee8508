import { LeewayError } from "@leeway/core/errors";

export type ContentEncoding = "identity" | "gzip" | "br" | "zstd";

/** contentEncodingOf returns the encoding a `Content-Encoding` header names; anything but one of ours is `unsupported_media_type`. */
export function contentEncodingOf(header: string | undefined): ContentEncoding {
  switch (header?.trim().toLowerCase()) {
    case undefined:
    case "":
    case "identity":
      return "identity";
    case "gzip":
    case "x-gzip":
      return "gzip";
    case "br":
      return "br";
    case "zstd":
      return "zstd";
    default:
      throw new LeewayError("unsupported_media_type", "Content-Encoding must be gzip, br, zstd or identity");
  }
}
