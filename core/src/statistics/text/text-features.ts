/** TEXT_FEATURES names what `textFeatures` measures, in order: a length, a count and shares of characters. */
export const TEXT_FEATURES = [
  "length",
  "words",
  "letter_share",
  "digit_share",
  "space_share",
  "punctuation_share",
  "uppercase_share",
  "non_ascii_share",
  "distinct_share",
] as const;

/** TextFeature is one of the numbers that stand for a text. */
export type TextFeature = (typeof TEXT_FEATURES)[number];

const LETTER = /\p{L}/u;
const DIGIT = /\p{N}/u;
const SPACE = /\s/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;
const UPPERCASE = /\p{Lu}/u;

/**
 * textFeatures returns numbers that describe a text in any language: its length in code points, its words, and what it is made of.
 *
 * Shares are of all code points, in [0, 1]; uppercase_share is of the letters; an empty text has shares 0. Words are runs without
 * white space. O(length). For numeric drift of free text; nothing here knows a language.
 *
 * @example textFeatures("Bonjour 2x!").words; // 2
 */
export function textFeatures(text: string): Record<TextFeature, number> {
  const distinct = new Set<string>();
  let length = 0;
  let words = 0;
  let letters = 0;
  let digits = 0;
  let spaces = 0;
  let punctuation = 0;
  let uppercase = 0;
  let nonAscii = 0;
  let wasSpace = true;
  for (const character of text) {
    length++;
    distinct.add(character);
    if (character > "\u007f") nonAscii++;
    const isSpace = SPACE.test(character);
    if (isSpace) spaces++;
    else if (wasSpace) words++;
    wasSpace = isSpace;
    if (LETTER.test(character)) {
      letters++;
      if (UPPERCASE.test(character)) uppercase++;
    } else if (DIGIT.test(character)) digits++;
    else if (PUNCTUATION.test(character)) punctuation++;
  }
  const share = (count: number, of = length) => (of === 0 ? 0 : count / of);
  return {
    length,
    words,
    letter_share: share(letters),
    digit_share: share(digits),
    space_share: share(spaces),
    punctuation_share: share(punctuation),
    uppercase_share: share(uppercase, letters),
    non_ascii_share: share(nonAscii),
    distinct_share: share(distinct.size),
  };
}

/**
 * textColumns returns one numeric column a text feature for a column of texts; a missing text is NaN in each.
 *
 * O(total length).
 *
 * @example textColumns(["a b", null]).words; // Float64Array [2, NaN]
 */
export function textColumns(texts: readonly (string | null)[]): Record<TextFeature, Float64Array> {
  const columns = Object.fromEntries(
    TEXT_FEATURES.map((name) => [name, new Float64Array(texts.length).fill(Number.NaN)]),
  ) as Record<TextFeature, Float64Array>;
  texts.forEach((text, row) => {
    if (text === null) return;
    const features = textFeatures(text);
    for (const name of TEXT_FEATURES) columns[name][row] = features[name];
  });
  return columns;
}
