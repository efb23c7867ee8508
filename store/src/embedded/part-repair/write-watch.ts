import { EngineError } from "../engine-error.ts";
import type { Suspicion } from "./repair-parts.ts";
import type { NamedPart } from "./torn-part.ts";

/** WriteWatchDeps are what a watch over the engine's writes is made from. */
export interface WriteWatchDeps {
  /** How many writes the disk has refused since the engine was opened. */
  failedWrites(): Promise<number>;
  repair(suspicion: Suspicion): Promise<void>;
  /** Whether the disk has room enough for a repair, which writes a little itself. */
  hasRoom(): boolean;
  now(): number;
}

/** WriteWatch knows whether what the engine says it has stored is stored. */
export interface WriteWatch {
  /** begin returns what `finish` needs; it throws while parts that may be torn wait for their repair. */
  begin(): number;
  /** finish throws NOT_ENOUGH_SPACE where the disk has refused a write since `begin`: the rows may be lost, and have to be sent again. */
  finish(begun: number): Promise<void>;
  /** suspect notes a part that a statement could not read. */
  suspect(part: NamedPart): void;
  /** look repairs what has to be; to be called every second or so. */
  look(): Promise<void>;
}

// Files are dated by a clock that is a little behind, and a write that failed may have begun long before.
const LOOK_BACK_MS = 60_000;

/**
 * createWriteWatch returns a watch. The embedded engine counts a write that the disk refuses and goes on as if it had succeeded: an insert is acknowledged, a merge replaces
 * its sources, by a part whose files are empty. So an insert during which the count rose is not acknowledged, and what was written around then is checked. The token of an
 * insert is forgotten with its torn part, so that the same rows sent again are stored.
 */
export function createWriteWatch(deps: WriteWatchDeps): WriteWatch {
  let seen = 0;
  let repaired = 0;
  let cleanAt = deps.now();
  let suspects: NamedPart[] = [];

  async function count(): Promise<number> {
    seen = Math.max(seen, await deps.failedWrites());
    return seen;
  }

  return {
    begin() {
      if (seen > repaired) throw refusal();
      return seen;
    },
    async finish(begun) {
      if ((await count()) > begun) throw refusal();
    },
    suspect(part) {
      suspects.push(part);
    },
    async look() {
      const lookedAt = deps.now();
      const failed = await count();
      const isClean = failed === repaired && suspects.length === 0;
      if (isClean) cleanAt = lookedAt;
      if (isClean || !deps.hasRoom()) return;
      const parts = suspects;
      suspects = [];
      const since = failed === repaired ? undefined : Math.floor((cleanAt - LOOK_BACK_MS) / 1_000);
      try {
        await deps.repair({ parts, sinceSeconds: since });
      } catch (error) {
        suspects.push(...parts);
        throw error;
      }
      repaired = failed;
    },
  };
}

function refusal(): EngineError {
  return new EngineError(
    243,
    "NOT_ENOUGH_SPACE",
    "The disk has refused a write: what was being stored has to be sent again",
  );
}
