/**
 * escapeDiscord returns text that Discord shows as it is: what has a meaning in its Markdown is escaped, so that no mention, link or format can be smuggled in. O(n).
 *
 * @example escapeDiscord("**@here** http://a"); // "\\*\\*\\@here\\*\\* http\\://a"
 */
export function escapeDiscord(text: string): string {
  return text.replace(/[\\*_~`|>#[\]()<@-]|:(?=\/\/)/g, (mark) => `\\${mark}`);
}
