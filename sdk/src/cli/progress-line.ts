import type { CliContext } from "./cli-context.ts";

/** ProgressLine shows how far a long command has come. */
export interface ProgressLine {
  /** update shows a text, now and then; `describe` is only called when it is shown. */
  update(describe: () => string): void;
  /** finish shows a last text for good. */
  finish(text: string): void;
}

const TERMINAL_INTERVAL_MS = 150;
const LOG_INTERVAL_MS = 5_000;

/** createProgressLine returns a line that is rewritten on a terminal, and appears every five seconds in a log. */
export function createProgressLine({ runtime, note, status }: CliContext): ProgressLine {
  const intervalMs = status === null ? LOG_INTERVAL_MS : TERMINAL_INTERVAL_MS;
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    update(describe) {
      const now = runtime.monotonicMs();
      if (now - shownAt < intervalMs) return;
      shownAt = now;
      (status ?? note)(describe());
    },
    finish(text) {
      status?.("");
      note(text);
    },
  };
}

/** formatCount returns a whole number with thin groups of three digits. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/g, ",");
}
