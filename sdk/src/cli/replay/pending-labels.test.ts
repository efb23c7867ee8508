import fc from "fast-check";
import { expect, it } from "vitest";
import { createDueQueue } from "./pending-labels.ts";

it("a due queue gives back whatever was added in order of time", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (times) => {
      const queue = createDueQueue();
      for (const timestamp of times) queue.add({ timestamp });
      const sorted = [...times].sort((a, b) => a - b);
      const taken: number[] = [];
      while (queue.size > 0) {
        expect(queue.nextAt).toBe(sorted[taken.length]);
        taken.push(queue.take()?.timestamp as number);
      }
      expect(taken).toEqual(sorted);
      expect(queue.nextAt).toBe(Number.POSITIVE_INFINITY);
    }),
  );
});
