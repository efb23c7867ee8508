import { LeewayError } from "@leeway/core/errors";

/** found returns a record that was looked up, or throws `not_found` that names it. */
export function found<T>(record: T | undefined, what: string): T {
  if (record === undefined) throw new LeewayError("not_found", `there is no ${what}`);
  return record;
}
