import { csvProblem } from "./csv-problem.ts";

/** TextEncoding is how a text lies in bytes. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be";

const LOOKED_AT = 512;

/** findEncoding returns the encoding of a text from its first bytes: by its byte order mark, else by where its zeros are. O(1). */
export function findEncoding(beginning: Uint8Array): TextEncoding {
  const [first, second] = beginning;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const length = Math.min(LOOKED_AT, beginning.length - (beginning.length % 2));
  const zeros = { even: 0, odd: 0 };
  for (let at = 0; at < length; at++) {
    if (beginning[at] === 0) zeros[at % 2 === 0 ? "even" : "odd"]++;
  }
  if (zeros.odd * 4 > length && zeros.even === 0) return "utf-16le";
  if (zeros.even * 4 > length && zeros.odd === 0) return "utf-16be";
  return "utf-8";
}

/** toUtf8 yields the bytes of a text as UTF-8 without a byte order mark. Text that is no UTF-16 where it should be is refused. */
export async function* toUtf8(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<Uint8Array> {
  if (encoding === "utf-8") {
    let isFirst = true;
    for await (const chunk of chunks) {
      const hasMark = isFirst && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
      isFirst = false;
      yield hasMark ? chunk.subarray(3) : chunk;
    }
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  try {
    for await (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }));
    yield encoder.encode(decoder.decode());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw csvProblem(`the text is not the ${encoding.toUpperCase()} that its beginning says`);
  }
}

/** hasInvalidText says whether a decoded text stands for bytes that are no UTF-8. O(length). */
export function hasInvalidText(text: string): boolean {
  return text.includes("\uFFFD");
}
