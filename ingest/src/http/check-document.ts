import type { InputProblem } from "@leeway/core/errors";
import { TEXT_PATTERNS } from "@leeway/core/wire";

const DEPTH_LIMIT = 32;

/**
 * documentProblem returns what no document may hold whatever its schema says, or undefined where it holds none: nesting too deep, a text or name with
 * half of a surrogate pair (the store reads no row with it), and a member `__proto__` (which parsers drop in silence). O(document).
 */
export function documentProblem(document: unknown): InputProblem | undefined {
  return problemAt(document, [], DEPTH_LIMIT);
}

function problemAt(value: unknown, path: readonly string[], depth: number): InputProblem | undefined {
  const at = path.join(".") || "body";
  if (typeof value === "string")
    return TEXT_PATTERNS.any.pattern.test(value)
      ? undefined
      : { path: at, message: TEXT_PATTERNS.any.message };
  if (typeof value !== "object" || value === null) return undefined;
  if (depth === 0) return { path: at, message: `nests more than ${DEPTH_LIMIT} deep` };
  for (const [name, member] of Object.entries(value)) {
    if (name === "__proto__" || !TEXT_PATTERNS.any.pattern.test(name))
      return {
        path: at,
        message: `the name ${JSON.stringify(name.slice(0, 64))} ${TEXT_PATTERNS.name.message}`,
      };
    const problem = problemAt(member, [...path, name.slice(0, 64)], depth - 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
