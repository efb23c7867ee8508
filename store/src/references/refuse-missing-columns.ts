import { LeewayError } from "@leeway/core/errors";
import { mappedColumns, type UploadMapping } from "./upload-mapping.ts";

/** refuseMissingColumns throws `invalid_request` with the name of every column that a mapping names and a table does not have; vectors may be in `lists`, too. */
export function refuseMissingColumns(
  mapping: UploadMapping,
  texts: ReadonlySet<string>,
  lists: ReadonlySet<string>,
): void {
  const vectors = new Set(Object.values(mapping.embeddings ?? {}));
  const ignored = new Set(mapping.ignore);
  const missing = [...mappedColumns(mapping), ...(mapping.features ?? [])].filter(
    (name) => !texts.has(name) && !ignored.has(name) && !(vectors.has(name) && lists.has(name)),
  );
  if (missing.length === 0) return;
  throw new LeewayError("invalid_request", `the table has no column ${missing.join(", ")}`, {
    problems: missing.map((name) => ({
      path: "mapping",
      message: vectors.has(name)
        ? `no column of numbers or lists of them is named "${name}"`
        : `no column is named "${name}"`,
    })),
  });
}
