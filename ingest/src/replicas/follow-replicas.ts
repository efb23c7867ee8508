/** FollowOptions are what following other replicas needs. */
export interface FollowOptions {
  /** How many replicas there are, this one included; undefined where that can't be known now. */
  countReplicas: () => Promise<number | undefined>;
  /** Takes in what was stored since a moment, epoch milliseconds. */
  learn: (since: number) => Promise<void>;
  onError: (error: unknown) => void;
  now: () => number;
  everyMs?: number;
}

// Rows are stamped when their insert begins, by clocks that may differ, and can be read when it has ended.
const OVERLAP_MS = 15_000;
// Looking may take this share of the time at most.
const REST_PER_LOOK = 10;
// However long one look seems to have taken: the clock may have been moved ahead meanwhile.
const LONGEST_REST_MS = 60_000;

/** FollowedReplicas says up to which moment this replica knows what others stored, epoch milliseconds. */
export interface FollowedReplicas {
  readonly seenUntil: number;
  /** Whether there was no other replica at the last look; false before the first. */
  readonly isAlone: boolean;
  /** Says that another replica may have come. */
  meet(): void;
  stop(): void;
}

/**
 * followReplicas looks again and again for what other replicas stored, from `startedAt` on, so that this one refuses what they took. A replica
 * that is alone does not look.
 */
export function followReplicas(options: FollowOptions, startedAt: number): FollowedReplicas {
  const { countReplicas, learn, onError, now, everyMs = 1_000 } = options;
  let seenUntil = startedAt;
  let isAlone = false;
  let meetings = 0;
  let isStopped = false;
  let timer: NodeJS.Timeout;

  async function look(): Promise<number> {
    const lookedAt = now();
    const meetingsBefore = meetings;
    const isOnlyOne = (await countReplicas()) === 1 && meetings === meetingsBefore;
    // Once more after another has gone: its last rows were not all seen yet.
    const isNeeded = !isOnlyOne || !isAlone;
    isAlone &&= isOnlyOne;
    if (isNeeded) await learn(Math.min(seenUntil, lookedAt) - OVERLAP_MS);
    isAlone = isOnlyOne && meetings === meetingsBefore;
    seenUntil = lookedAt;
    return Math.max(everyMs, Math.min(LONGEST_REST_MS, REST_PER_LOOK * (now() - lookedAt)));
  }

  function again(inMs: number): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      look().then(again, (error: unknown) => {
        onError(error);
        again(everyMs);
      });
    }, inMs);
    timer.unref();
  }

  again(everyMs);
  return {
    get seenUntil() {
      return seenUntil;
    },
    get isAlone() {
      return isAlone;
    },
    meet() {
      meetings++;
      isAlone = false;
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
