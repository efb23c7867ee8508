import type { Retraining } from "../records/index.ts";
import { isSettled } from "./decide-retrained.ts";

/** NextLook is what is to be done about a run now: ask its target, give it up, compare its version, or nothing. */
export type NextLook = "poll" | "give_up" | "compare" | "nothing";

/** nextLook decides what is to be done about a run at `now`, real time; a look is taken at most once in `everyMs`. O(1). */
export function nextLook(
  run: Retraining,
  at: { now: number; lookedAt: number | undefined; everyMs: number; timeLimitMs: number },
): NextLook {
  switch (run.status) {
    case "requested":
    case "running": {
      // A run is given up even where its target cannot be asked.
      if (at.now - (run.asked_at ?? run.updated_at) >= at.timeLimitMs) return "give_up";
      return run.run_id !== undefined && isDue(at) ? "poll" : "nothing";
    }
    case "succeeded": {
      const isOpen = run.new_version !== undefined && run.acted === undefined && !isSettled(run.verdict);
      return isOpen && isDue(at) ? "compare" : "nothing";
    }
    case "awaiting_approval":
    case "refused":
    case "failed":
    case "timed_out":
      return "nothing";
    default:
      return run.status satisfies never;
  }
}

function isDue({
  now,
  lookedAt,
  everyMs,
}: {
  now: number;
  lookedAt: number | undefined;
  everyMs: number;
}): boolean {
  return lookedAt === undefined || now - lookedAt >= everyMs;
}
