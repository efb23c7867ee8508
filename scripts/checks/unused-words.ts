/** Each with what to write instead. */
const UNUSED_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(is|are|was|were|be|been|being) told\b/i, "is notified, is reported, the answer says"],
  [/\b(held|hold|holds|holding) against\b/i, "compare with"],
  [/\b(laid|lay|lays) beside\b/i, "join"],
  [/\b(hear|hears|heard) of\b/i, "be notified of"],
  [/\bsets? forth\b/i, "jump, move ahead"],
  [/\bamid\b/i, "in the middle of"],
  [/\bhangs? together\b/i, "be correlated"],
  [/\b(is|are) not what (it was|they were)\b/i, "dropped, rose, differs from the reference"],
  [/\bnearest (its|to its) bar\b/i, "closest to its threshold"],
];

/** unusedWordsIn returns the words of a text that we do not use, each with what to write instead. */
export function unusedWordsIn(text: string): { word: string; instead: string }[] {
  return UNUSED_WORDS.flatMap(([pattern, instead]) => {
    const word = pattern.exec(text)?.[0];
    return word === undefined ? [] : [{ word, instead }];
  });
}
