import { LeewayError } from "@leeway/core/errors";
import type { BatchAnswer } from "@leeway/core/wire";
import type { KeyIndex } from "../keys/key-index.ts";
import { murmurHash3 } from "../keys/murmur-hash.ts";
import { xxHash } from "../keys/xx-hash.ts";
import type { BatchRecord } from "./batch-block.ts";
import type { FoundBatch } from "./find-batch.ts";

const REMEMBERED = 20_000;

/** BatchId names a batch and its content. */
export type BatchId = Omit<BatchRecord, "answer">;

interface KnownBatch {
  contentHash: string;
  answer: Promise<BatchAnswer>;
}

export interface BatchLedgerOptions {
  index: KeyIndex;
  /** Whether no other process writes events: of two that store the same prediction at once one goes, with the record that rides on it. */
  isAlone: () => boolean;
  find: (id: BatchId) => Promise<FoundBatch | undefined>;
  /** Resolves once the record is durable. */
  record: (record: BatchRecord) => Promise<void>;
}

/** BatchWrite is a batch whose events are on their way to the store. */
export interface BatchWrite {
  /** Its answer, where that is known before the events are durable: nothing of it has to be looked up. */
  early: BatchAnswer | undefined;
  /** Whether the batch's record rides on the last of its events, and so is durable with them. */
  isCarried: boolean;
  /** Resolves when the last of its events go out. */
  sent: Promise<void>;
  /** Its answer once all of its events are durable. */
  done: Promise<BatchAnswer>;
}

/**
 * BatchWork is what a batch asks for: `admit` throws where a sender has used up its share, `write` begins to write the events. What `recordOf` makes of an
 * early answer goes out with the last of them, where they have a place for it.
 */
export interface BatchWork {
  admit: () => Promise<void>;
  write: (recordOf?: (answer: BatchAnswer) => BatchRecord) => BatchWrite;
}

/**
 * BatchLedger makes a batch idempotent as a whole: the first time its events are written, the same content again gets the same answer and
 * changes nothing, other content under the same id throws `batch_id_reused`.
 *
 * The record of a batch goes out together with its last events (of predictions: on the last of them, where nobody else writes), not after
 * them, so it alone proves nothing of them: a batch found in the store is written again, which its events' own ids make harmless, and then
 * answered as it was at first.
 */
export class BatchLedger {
  private readonly options: BatchLedgerOptions;
  private readonly known = new Map<string, KnownBatch>();

  constructor(options: BatchLedgerOptions) {
    this.options = options;
  }

  /** run answers a batch, which does its work only where it is new; it resolves when both the events and the fact that the batch was used are durable. */
  async run(id: BatchId, work: BatchWork): Promise<BatchAnswer> {
    const key = keyOf(id);
    const known = this.known.get(key);
    if (known !== undefined) {
      if (known.contentHash === id.contentHash) return known.answer;
      // The one that came first may itself be refused, by what the store knows of this id: only an answer proves that it was used.
      const isUsed = await known.answer.then(
        () => true,
        () => false,
      );
      if (isUsed) throw reused(id);
      return this.run(id, work);
    }
    const answer = this.first(id, work);
    this.remember(key, { contentHash: id.contentHash, answer });
    try {
      return await answer;
    } catch (error) {
      this.known.delete(key);
      throw error;
    }
  }

  private async first(id: BatchId, { admit, write }: BatchWork): Promise<BatchAnswer> {
    const { index, isAlone, find, record } = this.options;
    const key = keyOf(id);
    const low = murmurHash3(key);
    const high = xxHash(key);
    // A batch has no event time: what the index forgets of the past does not concern it.
    if (index.judge(low, high, 0, 0, Number.POSITIVE_INFINITY) !== "new") {
      const stored = await find(id);
      if (stored !== undefined) {
        if (stored.contentHash !== id.contentHash) throw reused(id);
        const answer = await write().done;
        // An event that was refused only now was never stored under this id: the first answer would hide its loss.
        return answer.rejected.length === stored.answer.rejected.length ? stored.answer : answer;
      }
    }
    await admit();
    const { early, isCarried, sent, done } = write(isAlone() ? (answer) => ({ ...id, answer }) : undefined);
    // From here on a record may exist, whatever becomes of this attempt.
    index.load(low, high, 0);
    if (isCarried) return done;
    done.catch(() => undefined);
    if (early === undefined) {
      const answer = await done;
      await record({ ...id, answer });
      return answer;
    }
    await sent;
    await Promise.all([done, record({ ...id, answer: early })]);
    return early;
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
