import { LeewayError } from "@leeway/core/errors";
import type { SharedCounter } from "./shared-counter.ts";

/** EventLimiter holds every project to its rate and its daily quota; both may be absent. */
export interface EventLimiter {
  /** Throws `rate_limited` or `quota_exceeded` where a project has nothing left at all, before its body is read. */
  check(project: string): void;
  /** Counts events, or throws where they are too many. */
  take(project: string, events: number): Promise<void>;
}

export interface EventLimiterOptions {
  eventsPerSecond: number | undefined;
  eventsPerDay: number | undefined;
  /** Counts over all replicas; without it, and while it is away, each replica holds the limits by itself. */
  shared: SharedCounter | undefined;
  now: () => number;
}

const BURST_SECONDS = 2;
const DAY_MS = 86_400_000;
const QUOTA_TTL_SECONDS = 2 * 86_400;

interface ProjectUse {
  /** Events that may come at once. */
  tokens: number;
  refilledAt: number;
  day: number;
  today: number;
}

/** createEventLimiter returns a limiter: a token bucket for the rate, a counter for the UTC day. */
export function createEventLimiter(options: EventLimiterOptions): EventLimiter {
  const { eventsPerSecond: rate, eventsPerDay: quota, shared, now } = options;
  const uses = new Map<string, ProjectUse>();

  function useOf(project: string): ProjectUse {
    const time = now();
    const day = Math.floor(time / DAY_MS);
    let use = uses.get(project);
    if (use === undefined) {
      use = { tokens: (rate ?? 0) * BURST_SECONDS, refilledAt: time, day, today: 0 };
      uses.set(project, use);
    }
    if (use.day !== day) {
      use.day = day;
      use.today = 0;
    }
    if (rate !== undefined) {
      const gained = (Math.max(0, time - use.refilledAt) / 1_000) * rate;
      use.tokens = Math.min(rate * BURST_SECONDS, use.tokens + gained);
      use.refilledAt = time;
    }
    return use;
  }

  function refuseRate(seconds: number): never {
    throw new LeewayError("rate_limited", `more than ${rate} events a second`, {
      retryAfterSeconds: Math.max(1, Math.ceil(seconds)),
    });
  }

  function refuseQuota(): never {
    throw new LeewayError("quota_exceeded", `more than ${quota} events today (UTC)`, {
      retryAfterSeconds: Math.max(1, Math.ceil((DAY_MS - (now() % DAY_MS)) / 1_000)),
    });
  }

  async function takeRate(project: string, events: number, use: ProjectUse): Promise<void> {
    if (rate === undefined) return;
    // A batch larger than the bucket passes when the bucket is full, and is paid off afterwards.
    if (use.tokens < Math.min(events, rate * BURST_SECONDS)) refuseRate((events - use.tokens) / rate);
    use.tokens -= events;
    const second = Math.floor(now() / 1_000);
    const total = await shared?.add(`leeway:rate:${project}:${second}`, events, 5);
    if (total !== undefined && total - events >= rate * BURST_SECONDS) refuseRate(1);
  }

  async function takeQuota(project: string, events: number, use: ProjectUse): Promise<void> {
    if (quota === undefined) return;
    if (use.today + events > quota) refuseQuota();
    use.today += events;
    const key = `leeway:quota:${project}:${use.day}`;
    let total = await shared?.add(key, events, QUOTA_TTL_SECONDS);
    // An emptied counter must not open the gate: it is brought back to what is known here.
    if (total !== undefined && total < use.today)
      total = await shared?.add(key, use.today - total, QUOTA_TTL_SECONDS);
    if (total !== undefined && total > quota) {
      use.today -= events;
      await shared?.add(key, -events, QUOTA_TTL_SECONDS);
      refuseQuota();
    }
  }

  return {
    check(project) {
      if (rate === undefined && quota === undefined) return;
      const use = useOf(project);
      if (rate !== undefined && use.tokens <= 0) refuseRate(-use.tokens / rate);
      if (quota !== undefined && use.today >= quota) refuseQuota();
    },
    async take(project, events) {
      if (rate === undefined && quota === undefined) return;
      const use = useOf(project);
      await takeRate(project, events, use);
      await takeQuota(project, events, use);
    },
  };
}
