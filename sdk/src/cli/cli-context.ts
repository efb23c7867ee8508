import type { SdkRuntime } from "../runtime.ts";

/** CliContext is everything a command takes from outside. */
export interface CliContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly runtime: SdkRuntime;
  /** fetch asks the server where more than posting is needed. */
  readonly fetch: typeof fetch;
  /** print writes a line of results, note a line about what is going on. */
  readonly print: (line: string) => void;
  readonly note: (line: string) => void;
  /** status rewrites one line on a terminal; elsewhere it is null, and progress is noted line by line. */
  readonly status: ((text: string) => void) | null;
  /** onInterrupt calls a task at Ctrl-C or SIGTERM. */
  readonly onInterrupt: (task: () => void) => void;
}

/** Command runs with the arguments after its name and resolves with the exit code. */
export type Command = (args: readonly string[], context: CliContext) => Promise<number>;

/** EXIT are the exit codes: `alarm` an alarm or a failed check, `usage` a mistake in the arguments, `failed` no answer, `nothing` nothing to judge by. */
export const EXIT = { ok: 0, alarm: 1, usage: 2, failed: 3, nothing: 4 } as const;
