import { describe, expect, it } from "vitest";
import { blameSegments } from "./blame-segments.ts";

const model = { model: "flights", task: "binary" as const, configured: true, created_at: 0 };
const segment = (name: string, count: number, mean: number) => ({
  name,
  losses: { count, sum: count * mean, sumOfSquares: count * (mean * mean + 0.04) },
});

describe("blameSegments", () => {
  it("names the segment whose loss rose, with its size and interval", () => {
    const reference = [segment("carrier = AA", 1_000, 0.4), segment("carrier = UA", 1_000, 0.4)];
    const window = [segment("carrier = AA", 400, 0.4), segment("carrier = UA", 100, 0.7)];
    const blamed = blameSegments(model, reference, window);
    expect(blamed.map(({ name }) => name)).toEqual(["carrier = UA"]);
    expect(blamed[0]?.evidence).toMatch(
      /^log loss 0.7 against 0.4 in the reference, 0.3 more \(.* to .*\), on 100 rows, 20 %/,
    );
  });

  it("names nothing where nothing rose, and nothing on too few rows", () => {
    const reference = [segment("a", 1_000, 0.4), segment("b", 1_000, 0.4)];
    expect(blameSegments(model, reference, [segment("a", 400, 0.4), segment("b", 10, 2)])).toEqual([]);
  });
});
