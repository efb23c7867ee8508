import { LeewayError } from "@leeway/core/errors";

/** SerialisedBlock is a block ready to be inserted: the body in Native format and the columns it holds. */
export interface SerialisedBlock {
  columns: readonly string[];
  body: Buffer;
  rows: number;
}

/** Block is what a group gathers rows in. */
export interface Block {
  readonly rows: number;
  serialise(receivedAt: number): SerialisedBlock;
  clear(): void;
  size(): number;
}

/** Group is the rows of many requests that are inserted together. `done` settles once they are durable, or are known not to be acknowledged. */
export interface Group<B extends Block> {
  readonly serial: number;
  readonly block: B;
  /** Resolves when the rows go out to the store. */
  readonly sent: Promise<void>;
  readonly done: Promise<void>;
}

export interface GroupWriterOptions<B extends Block> {
  createBlock: () => B;
  /** Inserts a block under a token that makes a repeated insert of the same content a no-op. */
  insert: (block: SerialisedBlock) => Promise<void>;
  /** Called when a group failed, before its waiters learn of it. */
  onFailed: (serial: number) => void;
  maxRows: number;
  maxBytes: number;
  /** Inserts running at once. */
  maxInFlight: number;
  /** From this many rows on a group never waits for company. */
  enoughRows: number;
  /** The longest a smaller group waits for company after the insert before it, milliseconds. */
  lingerMs: number;
  now: () => number;
}

const SIZE_CHECK_ROWS = 64;
/** From this many requests on, half as many as went with the group before are company enough. */
const MANY_REQUESTS = 32;
/** A group below this share of the one before came too early: those it is to go with are still being answered. */
const EARLY_SHARE = 1 / 8;

interface OpenGroup<B extends Block> extends Group<B> {
  markSent: () => void;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * GroupWriter commits rows in groups: while inserts are in flight, the rows of all requests gather in one block, which goes out as soon as a
 * place is free. A request appends to `open().block` and awaits that group's `done`.
 *
 * An insert costs the store much however few rows it has. So a small group gathers, after an insert, for as long as that one took: under
 * load inserts are half as many and twice as large, while a request that comes alone never waits. Many small senders come in step with the
 * inserts that answer them: half of them together are enough, and a few stragglers wait for the others.
 */
export class GroupWriter<B extends Block> {
  private readonly options: GroupWriterOptions<B>;
  private readonly spare: B[] = [];
  private readonly queue: OpenGroup<B>[] = [];
  private gathering: OpenGroup<B> | undefined;
  private inFlight = 0;
  private inFlightBytes = 0;
  private lastSerial = 0;
  private lastReceivedAt = 0;
  private lastEndedAt = Number.NEGATIVE_INFINITY;
  private lastTookMs = 0;
  private lastRows = 0;
  private requests = 0;
  private lastRequests = 0;
  private timer: NodeJS.Timeout | undefined;
  private idleWaiters: (() => void)[] = [];

  constructor(options: GroupWriterOptions<B>) {
    this.options = options;
  }

  /** open returns the group that is gathering now; append to its block in the same turn of the event loop, then call `commit`. */
  open(): Group<B> {
    if (this.gathering !== undefined && this.isFull(this.gathering.block)) this.close();
    this.gathering ??= this.create();
    return this.gathering;
  }

  /** commit says that rows were appended: the group goes out as soon as it may. */
  commit(): void {
    if (this.gathering !== undefined && this.gathering.block.rows > 0) {
      this.requests++;
      if (this.isFull(this.gathering.block)) this.close();
    }
    // A full group may have been closed by a request that then had nothing for the next one.
    this.start();
  }

  /** current returns the group that gathers now, if there is one. */
  current(): Group<B> | undefined {
    return this.gathering;
  }

  /** Bytes that wait for durability. */
  get pendingBytes(): number {
    let bytes = this.inFlightBytes + (this.gathering?.block.size() ?? 0);
    for (const group of this.queue) bytes += group.block.size();
    return bytes;
  }

  /** Whether a group with this serial is still on its way, and when it will be done. */
  pending(serial: number): Promise<void> | undefined {
    return this.unsettled.get(serial);
  }
  private readonly unsettled = new Map<number, Promise<void>>();

  /** idle resolves once everything appended so far is settled. */
  async idle(): Promise<void> {
    if (this.gathering !== undefined && this.gathering.block.rows > 0) this.close();
    this.start();
    if (this.inFlight === 0 && this.queue.length === 0) return;
    await new Promise<void>((resolve) => this.idleWaiters.push(resolve));
  }

  // Adding up a block's columns costs as much as encoding a row: only every so often.
  private isFull(block: B): boolean {
    const { maxRows, maxBytes } = this.options;
    return block.rows >= maxRows || (block.rows % SIZE_CHECK_ROWS === 0 && block.size() >= maxBytes);
  }

  private create(): OpenGroup<B> {
    let markSent: () => void = () => undefined;
    const sent = new Promise<void>((onSent) => {
      markSent = onSent;
    });
    let resolve: () => void = () => undefined;
    let reject: (error: unknown) => void = () => undefined;
    const done = new Promise<void>((onResolve, onReject) => {
      resolve = onResolve;
      reject = onReject;
    });
    // A group whose requests have all gone away may fail unheard; its failure is counted by the insert itself.
    done.catch(() => undefined);
    const serial = ++this.lastSerial;
    this.unsettled.set(serial, done);
    const block = this.spare.pop() ?? this.options.createBlock();
    return { serial, block, sent, done, markSent, resolve, reject };
  }

  private close(): void {
    if (this.gathering === undefined) return;
    this.queue.push(this.gathering);
    this.gathering = undefined;
  }

  private start(): void {
    while (this.inFlight < this.options.maxInFlight) {
      const group = this.queue.shift() ?? this.takeGathering();
      if (group === undefined) return;
      void this.run(group);
    }
  }

  private takeGathering(): OpenGroup<B> | undefined {
    const group = this.gathering;
    if (group === undefined || group.block.rows === 0) return undefined;
    // With an insert already in flight, gathering is free: only a full block opens a second lane.
    if (this.inFlight > 0) return undefined;
    const { lingerMs, now } = this.options;
    const { rows } = group.block;
    // Where the clock was set back, the last insert lies in the future: nothing is waited for then.
    const sinceLastMs = now() - this.lastEndedAt;
    const patience = rows < this.lastRows * EARLY_SHARE ? lingerMs : Math.min(lingerMs, this.lastTookMs);
    const wait = patience - sinceLastMs;
    if (sinceLastMs >= 0 && wait > 0 && !this.hasCompany(rows)) {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.start();
      }, Math.ceil(wait));
      return undefined;
    }
    this.gathering = undefined;
    return group;
  }

  private hasCompany(rows: number): boolean {
    if (rows >= this.options.enoughRows) return true;
    return this.requests >= MANY_REQUESTS && this.requests >= this.lastRequests / 2;
  }

  private async run(group: OpenGroup<B>): Promise<void> {
    const { now, insert, onFailed } = this.options;
    this.inFlight++;
    const startedAt = now();
    // Later than every group before it, whatever becomes of the clock: what reads rows in the order they came must miss none.
    this.lastReceivedAt = Math.max(startedAt, this.lastReceivedAt + 1);
    const block = group.block.serialise(this.lastReceivedAt);
    group.markSent();
    this.inFlightBytes += block.body.length;
    this.lastRows = block.rows;
    this.lastRequests = this.requests;
    this.requests = 0;
    group.block.clear();
    this.spare.push(group.block);
    try {
      await insert(block);
      this.unsettled.delete(group.serial);
      group.resolve();
    } catch (error) {
      this.unsettled.delete(group.serial);
      onFailed(group.serial);
      group.reject(
        error instanceof LeewayError
          ? error
          : new LeewayError("internal", "the insert failed", { cause: error }),
      );
    } finally {
      this.inFlight--;
      this.inFlightBytes -= block.body.length;
      this.lastEndedAt = now();
      this.lastTookMs = this.lastEndedAt - startedAt;
      this.start();
      this.notifyIdle();
    }
  }

  private notifyIdle(): void {
    if (this.inFlight > 0 || this.queue.length > 0) return;
    if (this.gathering !== undefined && this.gathering.block.rows > 0) return;
    const waiters = this.idleWaiters;
    this.idleWaiters = [];
    for (const resolve of waiters) resolve();
  }
}
