import { Session } from "chdb";
import { quoteLiteral, quoteName } from "./bind-parameters.ts";
import { SPOOL_ROLE } from "./engine-access.ts";
import { EngineError, toEngineError } from "./engine-error.ts";
import { FILES_DATABASE } from "./guard-statement.ts";

/** QueryContext is the state of a connection that a statement wants: its database and settings, and whether it reads rows from the spool. */
export interface QueryContext {
  database: string;
  settings: ReadonlyMap<string, string>;
  readsSpool: boolean;
}

/** OWN_CONTEXT is the context of what the engine's front asks for itself. */
export const OWN_CONTEXT: QueryContext = {
  database: FILES_DATABASE,
  settings: new Map(),
  readsSpool: false,
};

/** ConnectionOptions say which data a connection is for and what it may do; `baseSettings` hold wherever a statement does not set its own. */
export interface ConnectionOptions {
  path: string;
  /** The engine's own arguments; all connections of a process have the same. */
  engineArguments: readonly string[];
  baseSettings: ReadonlyMap<string, string>;
  /** A `read` connection can change nothing, whatever it is asked. */
  access: "read" | "write";
}

/** WholeAnswer is a statement's complete answer with the rows and bytes that the engine read (for an INSERT: wrote). */
export interface WholeAnswer {
  bytes: Uint8Array;
  rows: number;
  readBytes: number;
  elapsedSeconds: number;
}

/** EngineConnection runs one statement at a time off the event loop, each in the context it asks for. */
export interface EngineConnection {
  run(sql: string, format: string, context: QueryContext): Promise<WholeAnswer>;
  stream(sql: string, format: string, context: QueryContext): AsyncGenerator<Uint8Array, void, void>;
  close(): void;
}

const SETTING_NAME = /^[A-Za-z_][\w.]*$/;

/** createEngineConnection opens a connection to the data in a folder. */
export function createEngineConnection(options: ConnectionOptions): EngineConnection {
  const { baseSettings, access } = options;
  const session = new Session(options.path, { connectionArgs: options.engineArguments });
  let database: string | undefined;
  let applied = new Map<string, string>();
  let isFresh = true;
  let hasRole = true;

  async function enter(context: QueryContext): Promise<void> {
    if (hasRole !== context.readsSpool) {
      await session.queryAsync(`SET ROLE ${context.readsSpool ? SPOOL_ROLE : "NONE"}`);
      hasRole = context.readsSpool;
    }
    const wanted = isFresh ? new Map([...baseSettings, ...context.settings]) : new Map(context.settings);
    const changes: string[] = [];
    for (const [name, value] of wanted) {
      if (applied.get(name) === value) continue;
      if (!SETTING_NAME.test(name))
        throw new EngineError(115, "UNKNOWN_SETTING", `Unknown setting '${name}'`);
      changes.push(`${name} = ${quoteLiteral(value)}`);
    }
    for (const name of applied.keys()) {
      if (wanted.has(name)) continue;
      const base = baseSettings.get(name);
      changes.push(`${name} = ${base === undefined ? "DEFAULT" : quoteLiteral(base)}`);
    }
    // Set once for good: the engine lets nobody take it back.
    if (isFresh && access === "read") changes.push("readonly = 2");
    if (changes.length > 0) {
      // What a failed SET had set before it failed is unknown: remember all of it as set, so that it will be reset.
      applied = new Map([...applied, ...context.settings]);
      await session.queryAsync(`SET ${changes.join(", ")}`);
      applied = new Map(context.settings);
      isFresh = false;
    }
    if (database !== context.database) {
      database = undefined;
      await session.queryAsync(`USE ${quoteName(context.database)}`);
      database = context.database;
    }
  }

  // The engine keeps a failed statement, with the memory it had taken, until the connection's next one. Every statement sets its own log comment.
  async function forgetFailed(): Promise<void> {
    await session.queryAsync("SET log_comment = ''").catch(() => undefined);
  }

  return {
    async run(sql, format, context) {
      try {
        await enter(context);
        const result = await session.queryAsync(sql, { format });
        return {
          bytes: result.bytes(),
          rows: result.rowsRead,
          readBytes: result.bytesRead,
          elapsedSeconds: result.elapsed,
        };
      } catch (error) {
        await forgetFailed();
        throw toEngineError(error);
      }
    },
    async *stream(sql, format, context) {
      try {
        await enter(context);
        for await (const chunk of session.queryStream(sql, { format })) yield chunk.raw();
      } catch (error) {
        throw toEngineError(error);
      }
    },
    close: () => session.close(),
  };
}
