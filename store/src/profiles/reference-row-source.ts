import type { Reference } from "@leeway/core/records";
import type { Segment } from "@leeway/core/segment";
import { type RowSource, rangeOfVersion, uploadedRows } from "./row-source.ts";

/** referenceRowSource returns the rows that a reference was made of, all of them or a segment's, in one bucket. */
export function referenceRowSource(project: string, reference: Reference, segment: Segment = {}): RowSource {
  const { id, source, model, version, environment = "production", from, to } = reference;
  return source === "upload"
    ? uploadedRows(project, id, segment)
    : rangeOfVersion(project, { model, version, environment }, { from, to }, segment);
}
