import { LeewayError } from "@leeway/core/errors";
import type { BodySource } from "./body-source.ts";
import { contentEncodingOf } from "./content-encoding.ts";
import { decodeZstd } from "./decode-zstd.ts";
import { GrowingBuffer } from "./growing-buffer.ts";
import { readChunks } from "./read-chunks.ts";

export interface LineLimits {
  /** Largest body, decompressed. */
  maxBytes: number;
  maxLineBytes: number;
  /** Largest zstd body, which has to be held whole, decompressed. */
  maxWholeBytes: number;
  /** Longest silence between two pieces of the body, milliseconds. */
  idleMs: number;
}

/**
 * readLines yields whole lines of a body as they come in, as many as came at once, joined as they were, so that a body far larger than memory can pass.
 * Reading stops while the consumer is busy, which is how back-pressure reaches the sender.
 */
export async function* readLines(source: BodySource, limits: LineLimits): AsyncGenerator<Buffer> {
  const rest = new GrowingBuffer();
  let received = 0;
  for await (const chunk of piecesOf(source, limits)) {
    received += chunk.length;
    if (received > limits.maxBytes) throw tooLarge(`the body is more than ${limits.maxBytes} bytes`);
    const lastBreak = chunk.lastIndexOf(0x0a);
    if (lastBreak !== -1) {
      rest.append(chunk.subarray(0, lastBreak));
      yield rest.take();
    }
    rest.append(chunk.subarray(lastBreak + 1));
    if (rest.length > limits.maxLineBytes) throw tooLarge(`a line is more than ${limits.maxLineBytes} bytes`);
  }
  if (rest.length > 0) yield rest.take();
}

async function* piecesOf(source: BodySource, limits: LineLimits): AsyncGenerator<Buffer> {
  const encoding = contentEncodingOf(source.contentEncoding);
  if (encoding !== "zstd") {
    yield* readChunks(source.stream, encoding, limits.idleMs);
    return;
  }
  const whole = new GrowingBuffer();
  for await (const chunk of readChunks(source.stream, "identity", limits.idleMs)) {
    whole.append(chunk);
    if (whole.length > limits.maxWholeBytes)
      throw tooLarge(`a zstd body is at most ${limits.maxWholeBytes} bytes`);
  }
  yield decodeZstd(whole.take(), limits.maxWholeBytes);
}

function tooLarge(message: string): LeewayError {
  return new LeewayError("payload_too_large", message);
}
