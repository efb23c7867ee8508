import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { followReplicas } from "./follow-replicas.ts";

const START = 1_000_000;
const OVERLAP = 15_000;

describe("following other replicas", () => {
  beforeEach(() => void vi.useFakeTimers({ now: START }));
  afterEach(() => void vi.useRealTimers());

  function follow(replicas: (number | undefined)[], learn = vi.fn(async (_since: number) => undefined)) {
    const errors: unknown[] = [];
    const followed = followReplicas(
      {
        countReplicas: async () => (replicas.length > 1 ? replicas.shift() : replicas[0]),
        learn,
        onError: (error) => errors.push(error),
        now: () => Date.now(),
      },
      START,
    );
    return { learn, errors, stop: followed.stop, followed };
  }

  it("looks once and then no more while it is alone", async () => {
    const { learn, stop } = follow([1]);
    await vi.advanceTimersByTimeAsync(5_500);
    expect(learn.mock.calls).toEqual([[START - OVERLAP]]);
    stop();
  });

  it("looks every second while there are others, and while nobody can say", async () => {
    const { learn, stop } = follow([2, undefined]);
    await vi.advanceTimersByTimeAsync(3_500);
    const from = (ms: number) => [START + ms - OVERLAP];
    expect(learn.mock.calls).toEqual([from(0), from(1_000), from(2_000)]);
    stop();
  });

  it("begins where it was last alone when another comes, and looks once more when it has gone", async () => {
    const { learn, stop } = follow([1, 1, 2, 1, 1]);
    await vi.advanceTimersByTimeAsync(6_500);
    const from = (ms: number) => [START + ms - OVERLAP];
    expect(learn.mock.calls).toEqual([from(0), from(2_000), from(3_000)]);
    stop();
  });

  it("knows that it is alone only from a look, and until it meets another", async () => {
    const { followed, stop } = follow([1, 1, 2, undefined, 1]);
    const seen: boolean[] = [followed.isAlone];
    for (let second = 0; second < 5; second++) {
      await vi.advanceTimersByTimeAsync(1_100);
      seen.push(followed.isAlone);
    }
    expect(seen).toEqual([false, true, true, false, false, true]);
    followed.meet();
    expect(followed.isAlone).toBe(false);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(followed.isAlone).toBe(true);
    stop();
  });

  it("is not alone where another comes while it counts, or where what that one stored could not be read", async () => {
    let answer: (replicas: number) => void = () => undefined;
    const followed = followReplicas(
      {
        countReplicas: () => new Promise<number>((resolve) => (answer = resolve)),
        learn: async () => Promise.reject(new Error("away")),
        onError: () => undefined,
        now: () => Date.now(),
      },
      START,
    );
    await vi.advanceTimersByTimeAsync(1_000);
    followed.meet();
    answer(1);
    await vi.advanceTimersByTimeAsync(500);
    expect(followed.isAlone).toBe(false);
    followed.stop();
  });

  it("looks at the same time again after a failure", async () => {
    const learn = vi.fn(async (_since: number) => undefined).mockRejectedValueOnce(new Error("away"));
    const { errors, stop } = follow([2], learn);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(learn.mock.calls).toEqual([[START - OVERLAP], [START - OVERLAP]]);
    expect(errors).toHaveLength(1);
    stop();
  });

  it("rests after a look that took long", async () => {
    const slow = vi.fn(
      (_since: number) => new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 500)),
    );
    const { learn, stop } = follow([2], slow);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(learn).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(learn).toHaveBeenCalledTimes(2);
    stop();
  });

  it("rests no longer than a minute, also where the clock is moved ahead an hour while it looks", async () => {
    const { learn, stop } = follow(
      [2],
      vi.fn(async (_since: number) => {
        if (learn.mock.calls.length === 1) vi.setSystemTime(Date.now() + 3_600_000);
        return undefined;
      }),
    );
    await vi.advanceTimersByTimeAsync(1_500);
    expect(learn).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(learn).toHaveBeenCalledTimes(2);
    stop();
  });

  it("ends when it is stopped", async () => {
    const { learn, stop } = follow([2]);
    stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(learn).not.toHaveBeenCalled();
  });
});
