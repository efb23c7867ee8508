import type { Severity } from "../records/index.ts";

/** SEVERITY_WORDS is each severity in the word that stands first in everything a person reads. */
export const SEVERITY_WORDS: Record<Severity, string> = { page: "Page", ticket: "Ticket", notice: "Notice" };

/** severityWords returns the severity as a word, for a heading. O(1). */
export function severityWords(severity: Severity): string {
  return SEVERITY_WORDS[severity];
}
