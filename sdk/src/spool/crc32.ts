const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/**
 * crc32 returns the CRC-32 (IEEE 802.3, as in zip and PNG) of bytes as an unsigned number. O(length); the platform's own is
 * used where there is one (Node from 20.15), which is ten times faster.
 *
 * @example
 * crc32(new TextEncoder().encode("123456789")); // 0xcbf43926
 */
export function crc32(bytes: Uint8Array): number {
  const native = globalThis.process?.getBuiltinModule?.("node:zlib")?.crc32;
  return native === undefined ? tableCrc32(bytes) : native(bytes);
}

/** tableCrc32 is `crc32` for platforms that have none. */
export function tableCrc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let index = 0; index < bytes.length; index++) {
    crc = (TABLE[(crc ^ (bytes[index] as number)) & 0xff] as number) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
