import { expect, test } from "vitest";
import { type CheckPlace, createCheckQueue } from "./check-queue.ts";

/** A queue on a clock that moves only when it is moved, and the checks that have started. */
function fakeQueue(readyAt = (_lane: string, now: number) => now) {
  let now = 0;
  let wake: { at: number; run: () => void } | undefined;
  const started: string[] = [];
  const finish = new Map<string, () => void>();
  const queue = createCheckQueue({
    now: () => now,
    later: (ms, run) => {
      wake = { at: now + ms, run };
      return () => {
        wake = undefined;
      };
    },
    readyAt,
  });
  const enter = (name: string, place: Partial<CheckPlace> = {}) =>
    queue.run({ lane: name.charAt(0), isPreferred: false, signal: undefined, ...place }, () => {
      started.push(name);
      return new Promise<string>((resolve) => finish.set(name, () => resolve(name)));
    });
  const end = async (name: string) => {
    finish.get(name)?.();
    await new Promise(setImmediate);
  };
  const advance = (ms: number) => {
    now += ms;
    if (wake !== undefined && wake.at <= now) wake.run();
  };
  return { enter, end, advance, started };
}

test("two checks run at a time, the others wait and are not refused", async () => {
  const { enter, end, started } = fakeQueue();
  const results = ["a1", "a2", "a3", "b1"].map((name) => enter(name));
  expect(started).toEqual(["a1", "a2"]);
  await end("a1");
  expect(started).toEqual(["a1", "a2", "a3"]);
  await end("a2");
  await end("a3");
  await end("b1");
  expect(await Promise.all(results)).toEqual(
    ["a1", "a2", "a3", "b1"].map((value) => ({ outcome: "done", value })),
  );
});

test("a person from another network is served next but one, however many guesses wait", async () => {
  const { enter, end, started } = fakeQueue();
  for (let i = 0; i < 18; i++) void enter(`a${i}`);
  void enter("b-person");
  await end("a0");
  await end("a1");
  expect(started).toContain("b-person");
});

test("a known device is served before everybody else", async () => {
  const { enter, end, started } = fakeQueue();
  for (const name of ["a1", "b1", "c1", "d1"]) void enter(name);
  void enter("x-device", { isPreferred: true });
  await end("a1");
  expect(started.at(-1)).toBe("x-device");
});

test("a crowded network is refused beyond its share, and its last place goes to a newcomer of another", async () => {
  const { enter } = fakeQueue();
  const crowd = Array.from({ length: 40 }, (_, i) => enter(`a${i}`));
  const refused = await Promise.all(crowd.slice(18));
  expect(new Set(refused.map(({ outcome }) => outcome))).toEqual(new Set(["full"]));
});

test("a network with a pace is woken when its time comes", () => {
  const { enter, advance, started } = fakeQueue((lane, now) => (lane === "a" ? 500 : now));
  void enter("a1");
  void enter("b1");
  expect(started).toEqual(["b1"]);
  advance(499);
  expect(started).toEqual(["b1"]);
  advance(1);
  expect(started).toEqual(["b1", "a1"]);
});

test("who hangs up while waiting is not checked; who hangs up before is not even queued", async () => {
  const { enter, end, started } = fakeQueue();
  for (const name of ["a1", "a2"]) void enter(name);
  const client = new AbortController();
  const left = enter("b1", { signal: client.signal });
  client.abort();
  expect(await left).toEqual({ outcome: "left" });
  expect(await enter("b2", { signal: client.signal })).toEqual({ outcome: "left" });
  await end("a1");
  expect(started).toEqual(["a1", "a2"]);
});

test("a check that fails passes its error on and frees its place", async () => {
  const { enter, started } = fakeQueue();
  const queue = createCheckQueue({ now: () => 0, later: () => () => undefined, readyAt: () => 0 });
  const place = { lane: "a", isPreferred: false, signal: undefined };
  for (let i = 0; i < 5; i++) {
    await expect(queue.run(place, () => Promise.reject(new Error("store away")))).rejects.toThrow(
      "store away",
    );
  }
  expect(await queue.run(place, async () => 1)).toEqual({ outcome: "done", value: 1 });
  void enter("a1");
  expect(started).toEqual(["a1"]);
});
