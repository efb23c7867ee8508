/** TextPattern is what a text may be made of, and what is said of one that is not. */
interface TextPattern {
  pattern: RegExp;
  message: string;
}

const HALF = "half of a surrogate pair (a character that was cut in two)";

/** TEXT_PATTERNS are the kinds of text that come over the wire. ClickHouse reads no JSON that holds half of a surrogate pair, so no kind allows it. */
export const TEXT_PATTERNS = {
  /** Of a model, version, feature, tag …; `__proto__` is no ordinary member of an object in JavaScript. */
  name: {
    pattern: /^(?!__proto__$)[^\p{Cc}\p{Cs}]+$/u,
    message: `must not hold control characters or ${HALF}, nor be __proto__`,
  },
  /** One line: a title, a class, a tag's value, a Slack channel. */
  line: {
    pattern: /^[^\p{Cc}\p{Cs}]*$/u,
    message: `must not hold control characters or ${HALF}`,
  },
  /** Several lines: a note, a description. */
  paragraphs: {
    pattern: /^(?:[\t\n\r]|[^\p{Cc}\p{Cs}])*$/u,
    message: `must not hold control characters (other than line breaks and tabs) or ${HALF}`,
  },
  /** Whatever a program wrote: a feature's value, an error. */
  any: { pattern: /^\P{Cs}*$/u, message: `must not hold ${HALF}` },
} as const satisfies Record<string, TextPattern>;

const MESSAGES = new Map<string, string>(
  Object.values(TEXT_PATTERNS).map(({ pattern, message }) => [pattern.source, message]),
);

/** textMessage returns what is said of a text that does not match a pattern of TEXT_PATTERNS, given by its source. */
export function textMessage(source: string): string {
  return MESSAGES.get(source) ?? `must match ${source}`;
}
