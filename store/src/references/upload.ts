import type { Readable } from "node:stream";
import type { UploadFormat, UploadMapping } from "./upload-mapping.ts";

/** Upload is a table of rows that becomes a reference. */
export interface Upload {
  id: string;
  model: string;
  version: string;
  format: UploadFormat;
  mapping: UploadMapping;
  body: Readable;
}
