import { FEATURE_LIMIT, nameSchema } from "@leeway/core/wire";
import { invalidUpload, quotedBriefly } from "./invalid-upload.ts";
import { MOST_COLUMNS, MOST_NAME_BYTES } from "./upload-limits.ts";

/** columnNameProblem returns what is wrong with the name of a column, or undefined. */
export function columnNameProblem(name: string): string | undefined {
  const parsed = nameSchema.safeParse(name);
  if (parsed.success) return undefined;
  return `the column name ${quotedBriefly(name)} is not valid: ${parsed.error.issues[0]?.message ?? "expected 1 to 128 characters"}`;
}

/** refuseColumnNames throws `invalid_request` where the names of a table's columns are no names, stand there twice, or are too many. */
export function refuseColumnNames(names: readonly string[]): void {
  if (names.length > MOST_COLUMNS) {
    throw invalidUpload([
      { path: "body", message: `the table has ${names.length} columns, at most ${MOST_COLUMNS} are taken` },
    ]);
  }
  const seen = new Set<string>();
  let bytes = 0;
  for (const name of names) {
    const problem =
      columnNameProblem(name) ??
      (seen.has(name) ? `the table names the column ${quotedBriefly(name)} twice` : undefined);
    if (problem !== undefined) throw invalidUpload([{ path: "body", message: problem }]);
    seen.add(name);
    bytes += Buffer.byteLength(name);
  }
  if (bytes > MOST_NAME_BYTES) {
    const message = `the names of the columns have ${bytes} bytes together, at most ${MOST_NAME_BYTES} are taken`;
    throw invalidUpload([{ path: "body", message }]);
  }
}

/** refuseTooManyFeatures throws `invalid_request` where a table would have more features than a prediction may have. */
export function refuseTooManyFeatures(features: number): void {
  if (features <= FEATURE_LIMIT) return;
  const message = `the table would have ${features} features, at most ${FEATURE_LIMIT} are taken: map or ignore columns, or list the features`;
  throw invalidUpload([{ path: "mapping", message }]);
}
