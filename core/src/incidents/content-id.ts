/**
 * contentId returns an identifier made from its parts: the same parts give the same id on any machine, so that a repeated step writes the
 * same record again instead of a second one. 104 bits, hexadecimal after the prefix. Not for secrets. O(characters). Source: the cyrb53 mixer.
 *
 * @example contentId("inc", ["flight-delays", "1", "production", "pipeline", 0]); // "inc_" and 26 hex digits
 */
export function contentId(prefix: string, parts: readonly (string | number)[]): string {
  const text = JSON.stringify(parts);
  return `${prefix}_${hash52(text, 0x9e3779b9)}${hash52(text, 0x85ebca6b)}`;
}

function hash52(text: string, seed: number): string {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  const number = 4_294_967_296 * (0xfffff & b) + (a >>> 0);
  return number.toString(16).padStart(13, "0");
}
