/** chunkTexts returns the positions of `texts` in runs of at most `maxCount` and about `maxCharacters`, so that each run fits a query's parameters. */
export function chunkTexts(texts: readonly string[], maxCount = 500, maxCharacters = 8_000): number[][] {
  const chunks: number[][] = [];
  let chunk: number[] = [];
  let characters = 0;
  for (const [position, text] of texts.entries()) {
    if (chunk.length > 0 && (chunk.length === maxCount || characters + text.length > maxCharacters)) {
      chunks.push(chunk);
      chunk = [];
      characters = 0;
    }
    chunk.push(position);
    characters += text.length;
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
}
