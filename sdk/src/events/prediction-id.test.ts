import { describe, expect, it } from "vitest";
import { createIdGenerator } from "./prediction-id.ts";

function generator(clock: { now: number }, random = Math.random) {
  return createIdGenerator({ now: () => clock.now, random });
}

describe("createIdGenerator", () => {
  it("makes version 7 UUIDs that carry the time", () => {
    const id = generator({ now: 0x0190_1234_5678 })();
    expect(id).toMatch(/^01901234-5678-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(generator({ now: 5 }, () => 0)()).toBe("00000000-0005-7000-8000-000000000000");
    expect(generator({ now: 5 }, () => 1 - 2 ** -53)()).toBe("00000000-0005-7000-bfff-ffffffffffff");
  });

  it("makes ids that ascend and never repeat, through full milliseconds and clocks that step back", () => {
    const clock = { now: 1_000 };
    const nextId = generator(clock);
    const ids: string[] = [];
    for (let n = 0; n < 20_000; n++) {
      if (n % 1_000 === 999) clock.now += n % 3_000 === 2_999 ? -5 : 1;
      ids.push(nextId());
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it("makes different ids in different processes at the same time", () => {
    const clock = { now: 7 };
    expect(generator(clock)()).not.toBe(generator(clock)());
  });
});
