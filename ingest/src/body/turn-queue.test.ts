import { describe, expect, it } from "vitest";
import { createTurnQueue } from "./turn-queue.ts";

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("turns of the event loop", () => {
  it("lets bodies begin in the order they came, only so many bytes of them in one turn", async () => {
    const queue = createTurnQueue(100);
    const begun: number[] = [];
    for (const [index, bytes] of [60, 60, 500, 10, 10].entries()) {
      void queue.turn(bytes).then(() => begun.push(index));
    }
    expect(begun).toEqual([]);
    await nextTurn();
    expect(begun).toEqual([0, 1]);
    await nextTurn();
    expect(begun).toEqual([0, 1, 2]);
    await nextTurn();
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  it("lets others in between two turns", async () => {
    const queue = createTurnQueue(1);
    const order: string[] = [];
    const turns = ["a", "b", "c"].map((name) => queue.turn(1).then(() => order.push(name)));
    setImmediate(() => order.push("store"));
    await Promise.all(turns);
    expect(order).toEqual(["a", "store", "b", "c"]);
  });
});
