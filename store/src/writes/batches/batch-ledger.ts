import { LeewayError } from "@leeway/core/errors";
import type { BatchAnswer } from "@leeway/core/wire";
import type { KeyIndex } from "../keys/key-index.ts";
import { murmurHash3 } from "../keys/murmur-hash.ts";
import { xxHash } from "../keys/xx-hash.ts";
import type { BatchRecord } from "./batch-block.ts";

const REMEMBERED = 20_000;

/** BatchId names a batch and its content. */
export type BatchId = Omit<BatchRecord, "answer">;

interface KnownBatch {
  contentHash: string;
  answer: Promise<BatchAnswer>;
}

export interface BatchLedgerOptions {
  index: KeyIndex;
  find: (id: BatchId) => Promise<{ contentHash: string; answer: BatchAnswer } | undefined>;
  /** Resolves once the record is durable. */
  record: (record: BatchRecord) => Promise<void>;
}

/**
 * BatchLedger makes a batch idempotent as a whole: the first time its events are written, the same content again gets the same answer and
 * changes nothing, other content under the same id throws `batch_id_reused`.
 */
export class BatchLedger {
  private readonly options: BatchLedgerOptions;
  private readonly known = new Map<string, KnownBatch>();

  constructor(options: BatchLedgerOptions) {
    this.options = options;
  }

  /** run answers a batch, by `write` only where it is new; it resolves when both the events and the fact that the batch was used are durable. */
  async run(id: BatchId, write: () => Promise<BatchAnswer>): Promise<BatchAnswer> {
    const key = keyOf(id);
    const known = this.known.get(key);
    if (known !== undefined) {
      if (known.contentHash !== id.contentHash) throw reused(id);
      return known.answer;
    }
    const answer = this.first(id, write);
    this.remember(key, { contentHash: id.contentHash, answer });
    try {
      return await answer;
    } catch (error) {
      this.known.delete(key);
      throw error;
    }
  }

  private async first(id: BatchId, write: () => Promise<BatchAnswer>): Promise<BatchAnswer> {
    const { index, find, record } = this.options;
    const key = keyOf(id);
    const low = murmurHash3(key);
    const high = xxHash(key);
    // A batch has no event time: what the index forgets of the past does not concern it.
    if (index.judge(low, high, 0, 0, Number.POSITIVE_INFINITY) !== "new") {
      const stored = await find(id);
      if (stored !== undefined) {
        if (stored.contentHash !== id.contentHash) throw reused(id);
        return stored.answer;
      }
    }
    const answer = await write();
    await record({ ...id, answer });
    index.load(low, high, 0);
    return answer;
  }

  private remember(key: string, batch: KnownBatch): void {
    if (this.known.size >= REMEMBERED) {
      const [oldest] = this.known.keys();
      if (oldest !== undefined) this.known.delete(oldest);
    }
    this.known.set(key, batch);
  }
}

function keyOf({ project, kind, batchId }: BatchId): string {
  return `${project}\u0000${kind}\u0000${batchId}`;
}

function reused({ batchId }: BatchId): LeewayError {
  return new LeewayError("batch_id_reused", `batch_id ${batchId} was used before with other content`);
}
