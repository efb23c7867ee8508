import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRing } from "./ring.ts";

const commands = fc.array(
  fc.oneof(
    fc.record({ push: fc.integer() }),
    fc.record({ take: fc.nat(5) }),
    fc.record({ setLimit: fc.integer({ min: -1, max: 9 }) }),
  ),
);

describe("createRing", () => {
  it.each(["drop_oldest", "drop_newest"] as const)("behaves as a list cut to its bound (%s)", (policy) => {
    fc.assert(
      fc.property(commands, (steps) => {
        const ring = createRing<number>(6, policy);
        let list: number[] = [];
        let limit = 6;
        for (const step of steps) {
          if ("take" in step) {
            expect(ring.take(step.take)).toEqual(list.splice(0, step.take));
          } else if ("setLimit" in step) {
            limit = Math.max(1, Math.min(6, step.setLimit));
            ring.setLimit(step.setLimit);
          } else {
            const before = list.length;
            if (policy === "drop_newest") list = before < limit ? [...list, step.push] : list;
            else list = [...list, step.push].slice(before >= limit ? before - limit + 1 : 0);
            expect(ring.push(step.push)).toBe(before + 1 - list.length);
          }
          expect(ring.size).toBe(list.length);
        }
      }),
    );
  });
});
