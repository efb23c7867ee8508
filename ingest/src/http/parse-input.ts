import { LeewayError } from "@leeway/core/errors";
import type { z } from "zod";

/** parseInput returns `value` parsed by `schema`, or throws `invalid_request` that names every field in question under `where`. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: "body" | "query" | "path",
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 50).map(({ path, message }) => ({
    path: path.map(String).join(".") || where,
    message,
  }));
  const [first] = problems;
  throw new LeewayError("invalid_request", `the ${where} is not valid: ${first?.path}: ${first?.message}`, {
    problems,
  });
}
