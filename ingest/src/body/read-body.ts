import { LeewayError } from "@leeway/core/errors";
import type { BodySource } from "./body-source.ts";
import type { BufferPool } from "./buffer-pool.ts";
import type { ByteBudget } from "./byte-budget.ts";
import { contentEncodingOf } from "./content-encoding.ts";
import { decodeBody } from "./decode-body.ts";
import { GrowingBuffer } from "./growing-buffer.ts";

export interface BodyLimits {
  /** Largest body, before and after decompression. */
  maxBytes: number;
  /** Longest time the whole body may take to arrive, milliseconds. */
  maxMs: number;
}

/** ReadBody is a whole body; `release` gives its bytes back to the budget, and to the pool: they may not be looked at any more. */
export interface ReadBody {
  bytes: Buffer;
  release(): void;
}

/** readBody reads and decompresses a whole body within its limits, taking every byte from the budget first; it throws LeewayErrors only. A body of known length lies in a buffer of `pool`. */
export async function readBody(
  source: BodySource,
  limits: BodyLimits,
  budget: ByteBudget,
  pool?: BufferPool,
): Promise<ReadBody> {
  const encoding = contentEncodingOf(source.contentEncoding);
  if ((source.contentLength ?? 0) > limits.maxBytes) throw tooLarge(limits.maxBytes);
  let taken = 0;
  const take = (bytes: number) => {
    if (!budget.take(bytes)) throw busy();
    taken += bytes;
  };
  let lent: Buffer | undefined;
  const release = () => {
    budget.give(taken);
    taken = 0;
    if (lent !== undefined) pool?.give(lent);
    lent = undefined;
  };
  try {
    take(source.contentLength ?? 0);
    if (encoding === "identity" && source.contentLength !== undefined)
      lent = pool?.take(source.contentLength);
    const onReceived = (received: number) => {
      if (received > taken) take(received - taken);
    };
    const bytes = await collect(source, limits, onReceived, lent);
    if (encoding === "identity") return { bytes, release };
    const decoded = await decodeBody(bytes, encoding, limits.maxBytes);
    take(decoded.length);
    return { bytes: decoded, release };
  } catch (error) {
    release();
    throw error;
  }
}

/** busy is the error for a request that finds the byte budget used up. */
export function busy(): LeewayError {
  return new LeewayError("store_overloaded", "too much is waiting to be stored; send it again", {
    retryAfterSeconds: 1,
  });
}

function tooLarge(limit: number): LeewayError {
  return new LeewayError("payload_too_large", `the body is more than ${limit} bytes`);
}

function collect(
  { stream }: BodySource,
  limits: BodyLimits,
  onReceived: (total: number) => void,
  into: Buffer | undefined,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces = new GrowingBuffer();
    let received = 0;
    let isSettled = false;
    const settle = (action: () => void) => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      stream.off("data", onData);
      action();
    };
    const timer = setTimeout(() => {
      const message = `the body did not arrive within ${limits.maxMs} ms`;
      settle(() => reject(new LeewayError("invalid_request", message)));
    }, limits.maxMs);
    const onData = (chunk: Buffer) => {
      received += chunk.length;
      if (received > limits.maxBytes) {
        settle(() => reject(tooLarge(limits.maxBytes)));
        return;
      }
      try {
        onReceived(received);
      } catch (error) {
        settle(() => reject(error));
        return;
      }
      if (into === undefined) pieces.append(chunk);
      else chunk.copy(into, received - chunk.length);
    };
    const onCut = (cause?: Error) => {
      const message = "the connection ended before the body did";
      settle(() => reject(new LeewayError("invalid_request", message, { cause })));
    };
    stream.on("data", onData);
    const whole = () => {
      return into === undefined ? pieces.take() : into.subarray(0, received);
    };
    stream.once("end", () => settle(() => resolve(whole())));
    stream.once("error", onCut);
    stream.once("close", () => onCut());
  });
}
