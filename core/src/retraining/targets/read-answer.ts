import type { RunReading, StartReading } from "./target-definition.ts";

/** fieldOf returns the text or number at a path of an answer as text, undefined where there is none. O(path). */
export function fieldOf(answer: unknown, ...path: string[]): string | undefined {
  let value: unknown = answer;
  for (const name of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** startedAs returns a run that has started; without an id it cannot be asked about. */
export function startedAs(runId: string | undefined, url?: string): StartReading {
  return {
    outcome: "started",
    ...(runId === undefined ? {} : { runId }),
    ...(url === undefined ? {} : { url }),
  };
}

/** runReading returns how a run goes by the target's own words for success and failure; every other word is a run that goes on. O(words). */
export function runReading(
  state: string | undefined,
  words: { succeeded: readonly string[]; failed: readonly string[] },
): RunReading {
  if (state !== undefined && words.succeeded.includes(state)) return { status: "succeeded" };
  if (state !== undefined && words.failed.includes(state)) {
    return { status: "failed", message: `the run ended as ${state}` };
  }
  return { status: "running" };
}
