import type { Reference } from "@leeway/core/records";
import { describe, expect, it } from "vitest";
import { chooseReference } from "./choose-reference.ts";

const one = (id: string, version: string, source: Reference["source"], created_at: number) =>
  ({ id, version, source, created_at }) as Reference;

describe("the reference of a preview", () => {
  it("is the version's own newest given one, else another version's, else its first automatic one", () => {
    const own = [one("a1", "2", "automatic", 1), one("a2", "2", "automatic", 9)];
    const others = [one("o1", "1", "upload", 2), one("o2", "1", "window", 3)];
    const mine = [one("m1", "2", "upload", 4), one("m2", "2", "window", 5)];
    expect(chooseReference([...own, ...others, ...mine], "2")?.id).toBe("m2");
    expect(chooseReference([...own, ...others], "2")?.id).toBe("o2");
    expect(chooseReference(own, "2")?.id).toBe("a1");
    expect(chooseReference([], "2")).toBeUndefined();
  });
});
