/** ZstdFrame is where one Zstandard frame lies, and what its decoder must be ready to hold. */
export interface ZstdFrame {
  start: number;
  end: number;
  windowBytes: number;
  /** Uncompressed size as the frame claims it, where it does. */
  contentBytes: number | undefined;
}

/**
 * zstdFrames returns the frames of a Zstandard stream (RFC 8878) without decoding anything, or undefined where it is malformed or cut off.
 * So a frame that asks for a huge window is refused before memory is set aside. Skippable frames are left out.
 */
export function zstdFrames(bytes: Buffer): ZstdFrame[] | undefined {
  const frames: ZstdFrame[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 8 > bytes.length) return undefined;
    const magic = bytes.readUInt32LE(at);
    if (magic >>> 4 === 0x184d2a5) {
      at += 8 + bytes.readUInt32LE(at + 4);
      if (at > bytes.length) return undefined;
      continue;
    }
    if (magic !== 0xfd2fb528) return undefined;
    const frame = readFrame(bytes, at);
    if (frame === undefined) return undefined;
    frames.push(frame);
    at = frame.end;
  }
  return frames;
}

function readFrame(bytes: Buffer, start: number): ZstdFrame | undefined {
  const flags = bytes[start + 4] as number;
  const isSingleSegment = (flags & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] as number;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][flags >> 6] as number;
  let at = start + 5;
  const descriptor = isSingleSegment ? 0 : bytes[at++];
  at += dictionaryBytes;
  if (descriptor === undefined || at + sizeBytes > bytes.length) return undefined;
  const contentBytes = readSize(bytes, at, sizeBytes);
  at += sizeBytes;
  const base = 2 ** (10 + (descriptor >> 3));
  const windowBytes = isSingleSegment ? (contentBytes ?? 0) : base + (base / 8) * (descriptor & 7);
  for (;;) {
    if (at + 3 > bytes.length) return undefined;
    const header = bytes.readUIntLE(at, 3);
    const isRunLength = ((header >> 1) & 3) === 1;
    at += 3 + (isRunLength ? 1 : header >>> 3);
    if (at > bytes.length) return undefined;
    if ((header & 1) === 1) break;
  }
  const end = at + ((flags & 4) !== 0 ? 4 : 0);
  return end > bytes.length ? undefined : { start, end, windowBytes, contentBytes };
}

function readSize(bytes: Buffer, at: number, size: number): number | undefined {
  switch (size) {
    case 0:
      return undefined;
    case 1:
      return bytes[at];
    case 2:
      return bytes.readUInt16LE(at) + 256;
    case 4:
      return bytes.readUInt32LE(at);
    default:
      return Number(bytes.readBigUInt64LE(at));
  }
}
