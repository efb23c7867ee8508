import { closingQuote } from "../body/json-bytes.ts";

const QUOTE = 0x22;
const TOKEN = /[-+.\w]/;
/** More digits than a double keeps. */
const LONG_NUMBER = /^-?\d{16,20}$/;
const WORDS = new Set(["NaN", "Infinity", "-Infinity"]);

/**
 * quoteNumbers returns a JSON text in which long whole numbers and the words NaN and Infinity stand in quotes: proto3's JSON means the same by
 * both, and `JSON.parse` would round the numbers and refuse the words. What is no JSON stays none. O(bytes).
 */
export function quoteNumbers(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let taken = 0;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      const end = closingQuote(bytes, at + 1);
      if (end === -1) break;
      at = end + 1;
    } else if (TOKEN.test(String.fromCharCode(byte))) {
      let end = at + 1;
      while (end < bytes.length && TOKEN.test(String.fromCharCode(bytes[end] as number))) end++;
      // Anything longer is neither.
      const token = end - at > 24 ? "" : bytes.toString("latin1", at, end);
      if (LONG_NUMBER.test(token) || WORDS.has(token)) {
        pieces.push(bytes.subarray(taken, at), Buffer.from(`"${token}"`));
        taken = end;
      }
      at = end;
    } else at++;
  }
  return pieces.length === 0 ? bytes : Buffer.concat([...pieces, bytes.subarray(taken)]);
}
