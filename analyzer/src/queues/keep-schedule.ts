import type { Queue } from "bullmq";
import { REMOVE_WHEN_DONE } from "./worker-settings.ts";

const SCHEDULER_ID = "tick";

/**
 * keepSchedule makes sure that the tick's schedule exists, and returns what it had to do. It is called again and again, because Redis may be
 * emptied at any time; an existing schedule is left alone, since writing it anew would push its next run away. One whose next run is far off was
 * made before the clock was set back.
 */
export async function keepSchedule(queue: Queue, everyMs: number, now: number): Promise<"kept" | "created"> {
  const known = await queue.getJobScheduler(SCHEDULER_ID);
  const isSoon = known?.next !== undefined && known.next <= now + 2 * everyMs;
  if (known?.every === everyMs && isSoon && (await hasPendingTick(queue))) return "kept";
  if (known !== undefined && !isSoon) await queue.removeJobScheduler(SCHEDULER_ID);
  await queue.upsertJobScheduler(SCHEDULER_ID, { every: everyMs }, { name: "tick", opts: REMOVE_WHEN_DONE });
  return "created";
}

async function hasPendingTick(queue: Queue): Promise<boolean> {
  const counts = await queue.getJobCounts("delayed", "waiting", "active", "prioritized");
  return Object.values(counts).some((count) => count > 0);
}
