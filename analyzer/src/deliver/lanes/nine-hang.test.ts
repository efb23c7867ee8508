import { expect, it } from "vitest";
import { retryDelay } from "../retry/retry-delay.ts";
import { createChannelLanes } from "./channel-lanes.ts";

const PLACES = 64;
const TIMEOUT_MS = 15_000;
const TEN_MINUTES_MS = 600_000;

interface Job {
  channel: string;
  since: number;
  dueAt: number;
  attempts: number;
}

it("a tenth channel is notified within two seconds while the receivers of nine others hang", () => {
  const clock = { now: 0 };
  const lanes = createChannelLanes({ now: () => clock.now, pauseMs: 5_000 });
  const hanging = Array.from({ length: 9 }, (_, index) => `hangs-${index}`);
  const jobs = hanging.flatMap((channel) =>
    Array.from({ length: 100 }, (): Job => ({ channel, since: 0, dueAt: 0, attempts: 0 })),
  );
  const places = new Map<Job, number>();
  const waits: number[] = [];
  let most = 0;

  for (; clock.now < TEN_MINUTES_MS; clock.now += 100) {
    // Every ten seconds something is to be said in the tenth channel, behind all the others.
    if (clock.now % 10_000 === 0) {
      jobs.push({ channel: "answers", since: clock.now, dueAt: clock.now, attempts: 0 });
    }
    for (const [job, endsAt] of places) {
      if (endsAt > clock.now) continue;
      places.delete(job);
      lanes.note(job.channel, { outcome: "retry", reason: "no answer" }, 0);
      lanes.leave(job.channel);
      job.attempts += 1;
      const delay = retryDelay(job.attempts, undefined, 0);
      job.dueAt = clock.now + (delay.outcome === "wait" ? delay.delayMs : Number.POSITIVE_INFINITY);
    }
    for (const job of [...jobs]) {
      if (job.dueAt > clock.now || places.size >= PLACES) continue;
      const turn = lanes.enter(job.channel);
      if (turn.outcome === "wait") {
        job.dueAt = clock.now + turn.delayMs;
      } else if (job.channel === "answers") {
        waits.push(clock.now - job.since);
        jobs.splice(jobs.indexOf(job), 1);
        lanes.leave(job.channel);
      } else {
        places.set(job, clock.now + TIMEOUT_MS);
        job.dueAt = Number.POSITIVE_INFINITY;
      }
    }
    most = Math.max(most, places.size);
  }

  expect(waits).toHaveLength(60);
  expect(Math.max(...waits)).toBeLessThanOrEqual(2_000);
  expect(most).toBe(36);
});
