import { setTimeout as sleep } from "node:timers/promises";
import { bindParameters, quoteLiteral } from "./bind-parameters.ts";
import { type ConnectionPool, createConnectionPool } from "./connection-pool.ts";
import { type DataInsert, insertFromFile, parseDataInsert } from "./data-insert.ts";
import {
  createEngineConnection,
  type EngineConnection,
  OWN_CONTEXT,
  type QueryContext,
} from "./engine-connection.ts";
import { EngineError, toEngineError } from "./engine-error.ts";
import { FILES_DATABASE, guardStatement } from "./guard-statement.ts";
import type { EngineRequest } from "./http-parameters.ts";
import {
  askRows,
  freeBytes,
  keepWatching,
  ROOM_FOR_REPAIR,
  readFailedWrites,
} from "./part-repair/keep-watching.ts";
import { repairParts } from "./part-repair/repair-parts.ts";
import { tornPartOf } from "./part-repair/torn-part.ts";
import { createWriteWatch } from "./part-repair/write-watch.ts";
import { answerFormat, firstWord, statementKind } from "./statement-kind.ts";

/** EngineSummary is what `X-ClickHouse-Summary` tells of a finished statement; a streamed answer has none yet. */
export interface EngineSummary {
  readRows: number;
  readBytes: number;
  writtenRows: number;
  writtenBytes: number;
  elapsedSeconds: number;
}

/** EngineAnswer is a statement's answer; its first chunk is there, so that the statement is known to have begun well. */
export interface EngineAnswer {
  format: string;
  summary: EngineSummary | undefined;
  /** All of it, or its parts as they come. */
  body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** DataFile holds the rows of an INSERT; `compression` is the codec they are packed with, if any. */
export interface DataFile {
  path: string;
  compression: string | undefined;
}

/** Engine runs statements in this process, several at a time. */
export interface Engine {
  /** execute runs one statement; with `access` "read" it can change nothing. */
  execute(
    request: EngineRequest,
    data: DataFile | undefined,
    signal: AbortSignal,
    access: "read" | "write",
  ): Promise<EngineAnswer>;
  close(): void;
}

/** EngineOptions say where the data is and how many statements may run at once; `threads` is the size of libuv's pool. */
export interface EngineOptions {
  path: string;
  engineArguments: readonly string[];
  threads: number;
  baseSettings: ReadonlyMap<string, string>;
  now: () => number;
  /** Writes a line into the engine's log. */
  say: (line: string) => void;
}

const MAXIMUM_WAITING = 2_000;
const KILL_AGAIN_MS = 500;

/** createEngine opens the data folder and returns an engine over it. Reads and writes have connections of their own, so neither starves the other. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a factory: what it returns shares the state above it
export async function createEngine(options: EngineOptions): Promise<Engine> {
  // Two threads are left for what the front asks itself.
  const usable = Math.max(2, options.threads - 2);
  const writers = Math.max(1, Math.floor(usable / 3));
  const open = (access: "read" | "write") => createEngineConnection({ ...options, access });
  const openAll = (length: number, access: "read" | "write") =>
    createConnectionPool(
      Array.from({ length }, () => open(access)),
      MAXIMUM_WAITING,
    );
  const pools = { read: openAll(usable - writers, "read"), write: openAll(writers, "write") };
  const control = openAll(1, "write");
  const counter = openAll(1, "read");
  const repairer = openAll(1, "write");
  const tableFunctions = await readTableFunctions(control.members[0]!);
  let sequence = 0;
  const ask = (sql: string) => askRows(repairer, sql);
  const watch = createWriteWatch({
    failedWrites: () => readFailedWrites((sql) => askRows(counter, sql)),
    repair: (suspicion) => repairParts({ ask, say: options.say }, suspicion),
    hasRoom: () => freeBytes(options.path) >= ROOM_FOR_REPAIR,
    now: options.now,
  });
  const stopWatching = keepWatching(watch, options.say);

  // A statement that fails on a part which cannot be read fails each time, until the part is out of the way.
  function suspectPart(thrown: unknown): never {
    const error = toEngineError(thrown);
    const part = tornPartOf(error);
    if (part !== undefined) watch.suspect(part);
    throw error;
  }

  async function kill(marker: string): Promise<void> {
    const signal = new AbortController().signal;
    const connection = await control.acquire(signal);
    try {
      const sql = `KILL QUERY WHERE Settings['log_comment'] = ${quoteLiteral(marker)} ASYNC`;
      await connection.run(sql, "Null", OWN_CONTEXT);
    } finally {
      control.release(connection);
    }
  }

  return {
    async execute(request, data, signal, access) {
      const insert = data === undefined ? undefined : parseDataInsert(request.query);
      // The rows' place is not yet in it: what is looked at is what the caller wrote.
      guardStatement(insert === undefined ? request.query : `${insert.head} ${insert.tail}`, tableFunctions);
      const database = request.database ?? FILES_DATABASE;
      const readsSpool = insert?.kind === "input";
      if (readsSpool && database === FILES_DATABASE)
        throw new EngineError(
          497,
          "ACCESS_DENIED",
          "Rows go into a database of their own, not into 'default'",
        );
      const sql = boundStatement(request, data, insert);
      const format = answerFormat(sql, request.defaultFormat);
      const kind = statementKind(sql, format);
      // The engine gives a query no name of the caller's: its log comment is the only handle by which to cancel it.
      const marker = `${request.logComment}#${++sequence}`;
      const context: QueryContext = {
        database,
        settings: new Map(request.settings).set("log_comment", marker),
        readsSpool,
      };
      const isInsert = firstWord(sql) === "INSERT";
      const begun = isInsert ? watch.begin() : 0;
      const pool = kind === "write" && access === "write" ? pools.write : pools.read;
      const connection = await pool.acquire(signal);
      let isFinished = false;
      // One that does not run yet, or does not listen, is asked again until it has ended; so is the engine where asking failed.
      const onAbort = async () => {
        while (!isFinished) {
          await kill(marker).catch(() => undefined);
          await sleep(KILL_AGAIN_MS, undefined, { ref: false });
        }
      };
      // An insert of rows is let finish, as a server does: cut off between a table and the view beside it, it would leave one without the other.
      if (data === undefined) signal.addEventListener("abort", onAbort, { once: true });
      const finish = () => {
        isFinished = true;
        signal.removeEventListener("abort", onAbort);
        pool.release(connection);
      };
      if (kind === "stream")
        return {
          format,
          summary: undefined,
          body: await streamed(connection, sql, format, context, finish).catch(suspectPart),
        };
      try {
        const { bytes, rows, readBytes, elapsedSeconds } = await connection
          .run(sql, format, context)
          .catch(suspectPart);
        if (isInsert) await watch.finish(begun);
        const isWrite = kind === "write";
        const summary: EngineSummary = {
          readRows: isWrite ? 0 : rows,
          readBytes: isWrite ? 0 : readBytes,
          writtenRows: isWrite ? rows : 0,
          writtenBytes: isWrite ? readBytes : 0,
          elapsedSeconds,
        };
        return { format, summary, body: bytes };
      } finally {
        finish();
      }
    },
    close() {
      stopWatching();
      for (const pool of [
        pools.read,
        pools.write,
        control,
        counter,
        repairer,
      ] as ConnectionPool<EngineConnection>[]) {
        for (const connection of pool.members) connection.close();
      }
    },
  };
}

// The guard knows table functions by the engine's own list, so that one which a later engine brings is refused until it is looked at.
async function readTableFunctions(connection: EngineConnection): Promise<ReadonlySet<string>> {
  const sql = "SELECT lower(name) FROM system.table_functions";
  const { bytes } = await connection.run(sql, "TabSeparated", OWN_CONTEXT);
  return new Set(new TextDecoder().decode(bytes).split("\n").filter(Boolean));
}

function boundStatement(
  request: EngineRequest,
  data: DataFile | undefined,
  insert: DataInsert | undefined,
): string {
  if (data === undefined || insert === undefined) return bindParameters(request.query, request.parameters);
  const bound = (text: string) => bindParameters(text, request.parameters);
  return insertFromFile(
    { ...insert, head: bound(insert.head), tail: bound(insert.tail) },
    data.path,
    data.compression,
  );
}

/** streamed starts a streaming statement and returns its chunks once the first is there; `finish` runs when the last was taken. */
async function streamed(
  connection: EngineConnection,
  sql: string,
  format: string,
  context: QueryContext,
  finish: () => void,
): Promise<AsyncIterable<Uint8Array>> {
  const chunks = connection.stream(sql, format, context);
  let first: IteratorResult<Uint8Array, void>;
  try {
    first = await chunks.next();
  } catch (error) {
    finish();
    throw error;
  }
  return (async function* () {
    try {
      if (first.done === true) return;
      yield first.value;
      yield* chunks;
    } finally {
      await chunks.return();
      finish();
    }
  })();
}
