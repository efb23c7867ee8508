import { expect, test } from "vitest";
import { createFairQueue } from "./fair-queue.ts";

const isReady = () => 0;

function served(queue: ReturnType<typeof createFairQueue<string>>): string[] {
  const items: string[] = [];
  for (let turn = queue.next(0, isReady); turn.outcome === "serve"; turn = queue.next(0, isReady))
    items.push(turn.item);
  return items;
}

test("lanes take turns, and within a lane the first comes first", () => {
  const queue = createFairQueue<string>({ maxWaiting: 10, maxPerLane: 5 });
  for (const item of ["a1", "a2", "a3", "b1", "c1"]) queue.enter(item, item.charAt(0), false);
  expect(served(queue)).toEqual(["a1", "b1", "c1", "a2", "a3"]);
});

test("preferred lanes come before all others, and take turns among themselves", () => {
  const queue = createFairQueue<string>({ maxWaiting: 10, maxPerLane: 5 });
  for (const item of ["a1", "b1"]) queue.enter(item, item.charAt(0), false);
  for (const item of ["x1", "x2", "y1"]) queue.enter(item, item.charAt(0), true);
  expect(served(queue)).toEqual(["x1", "y1", "x2", "a1", "b1"]);
});

test("a full queue takes a newcomer in place of the longest lane's last", () => {
  const queue = createFairQueue<string>({ maxWaiting: 4, maxPerLane: 3 });
  for (const item of ["a1", "a2", "a3", "b1"]) queue.enter(item, item.charAt(0), false);
  expect(queue.enter("c1", "c", false)).toEqual({ outcome: "waiting", displaced: "a3" });
  expect(queue.enter("a4", "a", false)).toEqual({ outcome: "full" });
  expect(queue.enter("d1", "d", false)).toEqual({ outcome: "waiting", displaced: "a2" });
  expect(queue.enter("e1", "e", false)).toEqual({ outcome: "full" });
  expect(queue.enter("x1", "x", true)).toMatchObject({ outcome: "waiting" });
  expect(queue.size).toBe(4);
  expect(served(queue)).toHaveLength(4);
  expect(queue.size).toBe(0);
});

test("one lane can't hold more than its share", () => {
  const queue = createFairQueue<string>({ maxWaiting: 10, maxPerLane: 2 });
  const outcomes = ["a1", "a2", "a3"].map((item) => queue.enter(item, "a", false).outcome);
  expect(outcomes).toEqual(["waiting", "waiting", "full"]);
});

test("a lane that has to pause is passed over, and the queue says when to ask again", () => {
  const queue = createFairQueue<string>({ maxWaiting: 10, maxPerLane: 5 });
  const readyAt = (lane: string) => (lane === "a" ? 500 : 0);
  for (const item of ["a1", "b1"]) queue.enter(item, item.charAt(0), false);
  expect(queue.next(0, readyAt)).toEqual({ outcome: "serve", item: "b1" });
  expect(queue.next(0, readyAt)).toEqual({ outcome: "later", at: 500 });
  expect(queue.next(500, readyAt)).toEqual({ outcome: "serve", item: "a1" });
  expect(queue.next(500, readyAt)).toEqual({ outcome: "empty" });
});

test("who leaves is not served", () => {
  const queue = createFairQueue<string>({ maxWaiting: 10, maxPerLane: 5 });
  for (const item of ["a1", "a2", "b1"]) queue.enter(item, item.charAt(0), false);
  queue.leave("a1");
  queue.leave("gone");
  expect(served(queue)).toEqual(["a2", "b1"]);
  expect(queue.size).toBe(0);
});
