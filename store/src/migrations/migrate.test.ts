import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

describe("migrations", () => {
  it("have a number each, and no two the same", () => {
    const folder = join(import.meta.dirname, "../../../migrations");
    const numbers = readdirSync(folder)
      .filter((name) => name.endsWith(".sql"))
      .sort()
      .map((name) => Number(name.slice(0, 4)));
    expect(numbers[0]).toBe(1);
    expect(numbers).toEqual([...new Set(numbers)]);
  });
});
