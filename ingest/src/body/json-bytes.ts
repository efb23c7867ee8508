const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** skipSpace returns the first position from `at` on that holds no JSON white space. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let position = at;
  for (;;) {
    const byte = bytes[position];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return position;
    position++;
  }
}

/** plainTextEnd returns where the closing quote of the text that begins at `at` stands, or -1 where it is not printable ASCII without escapes. */
export function plainTextEnd(bytes: Uint8Array, at: number): number {
  let position = at;
  for (;;) {
    const byte = bytes[position] as number;
    if (byte === QUOTE) return position;
    if (!(byte >= 0x20 && byte < 0x7f) || byte === BACKSLASH) return -1;
    position++;
  }
}

/**
 * objectEnd returns the position behind the object that begins at `at`, by its brackets alone: what lies between may be no JSON. It returns
 * -1 where the bytes end before the object does.
 */
export function objectEnd(bytes: Uint8Array, at: number): number {
  let depth = 0;
  for (let position = at; position < bytes.length; position++) {
    switch (bytes[position]) {
      case QUOTE:
        position = closingQuote(bytes, position + 1);
        if (position === -1) return -1;
        break;
      case 0x7b:
      case 0x5b:
        depth++;
        break;
      case 0x7d:
      case 0x5d:
        if (--depth === 0) return position + 1;
        break;
      default:
    }
  }
  return -1;
}

/** closingQuote returns where the quote stands that ends the text which begins at `at`, or -1. */
export function closingQuote(bytes: Uint8Array, at: number): number {
  for (let position = at; position < bytes.length; position++) {
    const byte = bytes[position];
    if (byte === QUOTE) return position;
    if (byte === BACKSLASH) position++;
  }
  return -1;
}
