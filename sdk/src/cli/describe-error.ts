const MOST_CAUSES = 4;

/** describeError returns what an error says and what caused it: `fetch failed` alone does not say which address was refused. */
export function describeError(error: unknown): string {
  const parts: string[] = [];
  let next = error;
  for (let depth = 0; depth < MOST_CAUSES && next !== undefined && next !== null; depth++) {
    const text = textOf(next);
    if (text !== "" && !parts.some((part) => part.includes(text))) parts.push(text);
    next = next instanceof Error ? next.cause : undefined;
  }
  return parts.join(": ");
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of several addresses of one name each has failed.
  if (error instanceof AggregateError) return error.errors.map(textOf).join(", ");
  if (error.message !== "") return error.message;
  return "code" in error ? String(error.code) : error.name;
}
