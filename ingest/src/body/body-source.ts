import type { Readable } from "node:stream";

/** BodySource is a request's body before anything was read of it. */
export interface BodySource {
  stream: Readable;
  contentType: string | undefined;
  contentEncoding: string | undefined;
  contentLength: number | undefined;
}

/** mediaTypeOf returns the media type of a `Content-Type` without its parameters, in lower case. */
export function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
