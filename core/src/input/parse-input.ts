import type { z } from "zod";
import { type InputProblem, LeewayError } from "../errors/index.ts";
import { didYouMean } from "../words/index.ts";

const MOST_PROBLEMS = 50;
const NAME_SHOWN = 128;

/** ParsedInput is a value as its schema reads it, or every field in it that is wrong. */
export type ParsedInput<Output> =
  | { kind: "parsed"; data: Output }
  | { kind: "wrong"; problems: InputProblem[] };

/** readInput returns `value` parsed by `schema`, or every problem with it; a field that a strict schema does not know is named with the nearest one it does. */
export function readInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  whole: string,
): ParsedInput<z.output<Schema>> {
  const knownAt = new Map<string, string[]>();
  const parsed = schema.safeParse(value, {
    error(issue) {
      if (issue.code === "unrecognized_keys") knownAt.set(pathOf(issue.path), fieldsOf(issue.inst));
      return undefined;
    },
  });
  if (parsed.success) return { kind: "parsed", data: parsed.data };
  const problems = parsed.error.issues.flatMap((issue): InputProblem[] => {
    const { path, message } = issue;
    if (issue.code !== "unrecognized_keys") return [{ path: pathOf(path) || whole, message }];
    const known = knownAt.get(pathOf(path)) ?? [];
    return issue.keys.map((key) => ({
      path: pathOf([...path, key.slice(0, NAME_SHOWN)]),
      message: `unknown ${whole === "query" ? "parameter" : "field"}${didYouMean(key, known)}`,
    }));
  });
  return { kind: "wrong", problems: problems.slice(0, MOST_PROBLEMS) };
}

/** parseInput returns `value` parsed by `schema`, or throws `invalid_request` that names every field in question under `where`. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: "body" | "query" | "path",
): z.output<Schema> {
  const input = readInput(schema, value, where);
  if (input.kind === "parsed") return input.data;
  throw invalidInput(where, input.problems);
}

/** invalidInput is the error for fields under `where` that are wrong. */
export function invalidInput(
  where: "body" | "query" | "path",
  problems: readonly InputProblem[],
): LeewayError {
  const [first] = problems;
  return new LeewayError("invalid_request", `the ${where} is not valid: ${first?.path}: ${first?.message}`, {
    problems,
  });
}

function pathOf(path: readonly PropertyKey[] | undefined): string {
  return (path ?? []).map(String).join(".");
}

// The schema that did not know the field is the only one that can say which it knows.
function fieldsOf(schema: unknown): string[] {
  const shape = (schema as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def?.shape;
  return Object.keys(shape ?? {});
}
