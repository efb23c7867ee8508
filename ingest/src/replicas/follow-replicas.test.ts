import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { followReplicas } from "./follow-replicas.ts";

const START = 1_000_000;
const OVERLAP = 15_000;

describe("following other replicas", () => {
  beforeEach(() => void vi.useFakeTimers({ now: START }));
  afterEach(() => void vi.useRealTimers());

  function follow(replicas: (number | undefined)[], learn = vi.fn(async (_since: number) => undefined)) {
    const errors: unknown[] = [];
    const { stop } = followReplicas(
      {
        countReplicas: async () => (replicas.length > 1 ? replicas.shift() : replicas[0]),
        learn,
        onError: (error) => errors.push(error),
        now: () => Date.now(),
      },
      START,
    );
    return { learn, errors, stop };
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

  it("ends when it is stopped", async () => {
    const { learn, stop } = follow([2]);
    stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(learn).not.toHaveBeenCalled();
  });
});
