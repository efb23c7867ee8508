import { invalidUpload } from "./invalid-upload.ts";
import { mappedColumns, type UploadMapping } from "./upload-mapping.ts";

/**
 * refuseMissingColumns throws `invalid_request` with the name of every column that a mapping names and a table does not have; vectors may be in `lists`, too. `hint` says
 * what the table was read as.
 */
export function refuseMissingColumns(
  mapping: UploadMapping,
  texts: ReadonlySet<string>,
  lists: ReadonlySet<string>,
  hint = "",
): void {
  const vectors = new Set(Object.values(mapping.embeddings ?? {}));
  const ignored = new Set(mapping.ignore);
  const missing = [...mappedColumns(mapping), ...(mapping.features ?? [])].filter(
    (name) => !texts.has(name) && !ignored.has(name) && !(vectors.has(name) && lists.has(name)),
  );
  if (missing.length === 0) return;
  const what = hint === "" ? "" : `; ${hint}`;
  throw invalidUpload(
    missing.map((name) => ({
      path: "mapping",
      message: `${vectors.has(name) ? `no column of numbers or lists of them is named "${name}"` : `no column is named "${name}"`}${what}`,
    })),
  );
}

/** refuseNestedColumns throws `invalid_request` with the name of every column that holds lists, structures or maps and would be a feature. */
export function refuseNestedColumns(
  mapping: UploadMapping,
  lists: readonly string[],
  nested: readonly string[],
): void {
  const meant = new Set(mappedColumns(mapping));
  const wouldBeFeature = (name: string) =>
    mapping.features === undefined ? !meant.has(name) : mapping.features.includes(name);
  const problems = [
    ...lists.filter(wouldBeFeature).map((path) => ({
      path,
      message:
        "the column holds lists of numbers, which are no feature: name it under embeddings, or ignore it",
    })),
    ...nested.filter(wouldBeFeature).map((path) => ({
      path,
      message: "the column holds lists, structures or maps, which are no feature: ignore it",
    })),
  ];
  if (problems.length > 0) throw invalidUpload(problems);
}
