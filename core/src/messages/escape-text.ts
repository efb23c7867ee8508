const SLACK_ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const HTML_ESCAPES: Record<string, string> = { ...SLACK_ESCAPES, '"': "&quot;", "'": "&#39;" };

/**
 * escapeSlack returns text that Slack shows as it is: &, < and > escaped, so that no mention, channel or link can be smuggled in. O(n).
 * Source: docs.slack.dev, "Escaping text".
 */
export function escapeSlack(text: string): string {
  return text.replace(/[&<>]/g, (mark) => SLACK_ESCAPES[mark]!);
}

/** escapeHtml returns text that is safe in HTML content and in quoted attributes. O(n). */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => HTML_ESCAPES[mark]!);
}

/** oneLine returns text without line breaks and control characters, for subjects and headers. O(n). */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}

/** truncate returns at most `length` characters of text, the last one "…" where some were left out; never half a surrogate pair. O(n). */
export function truncate(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  return `${cut.replace(/[\uD800-\uDBFF]$/, "")}…`;
}
