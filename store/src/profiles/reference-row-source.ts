import type { Reference } from "@leeway/core/records";
import { type RowSource, rangeOfVersion, uploadedRows } from "./row-source.ts";

/** referenceRowSource returns the rows that a reference was made of, in one bucket. */
export function referenceRowSource(project: string, reference: Reference): RowSource {
  const { id, source, model, version, environment = "production", from, to } = reference;
  return source === "upload"
    ? uploadedRows(project, id)
    : rangeOfVersion(project, { model, version, environment }, { from, to }, {});
}
