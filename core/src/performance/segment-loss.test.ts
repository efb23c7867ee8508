import { describe, expect, it } from "vitest";
import { createRandom, drawNormal } from "../random/index.ts";
import { addLoss, emptyLossSums } from "./loss-sums.ts";
import { rankSegmentLosses, type SegmentLossSums } from "./segment-loss.ts";

function draw(rows: number, mean: number, seed: number) {
  const random = createRandom(seed);
  const sums = emptyLossSums();
  for (let i = 0; i < rows; i++) addLoss(sums, mean + 0.3 * drawNormal(random));
  return sums;
}

describe("segments ranked by their loss", () => {
  const healthy = Array.from(
    { length: 30 },
    (_, i): SegmentLossSums => ({
      name: `region=${i}`,
      reference: draw(500, 0.4, 100 + i),
      window: draw(300, 0.4, 200 + i),
    }),
  );

  it("name the segment that is hurt first, with its size and interval", () => {
    const hurt = { name: "region=eu", reference: draw(500, 0.4, 1), window: draw(300, 0.6, 2) };
    const ranking = rankSegmentLosses([...healthy, hurt]);
    if (ranking.outcome !== "ok") throw new Error(ranking.reason);
    const first = ranking.segments[0]!;
    expect(first.name).toBe("region=eu");
    expect(first.isRaised).toBe(true);
    expect(first.share).toBeCloseTo(1 / 31, 10);
    expect(first.ciLow).toBeLessThan(0.2);
    expect(first.ciHigh).toBeGreaterThan(0.2);
    expect(ranking.segments.filter((one) => one.isRaised)).toHaveLength(1);
  });

  it("blame none of thirty healthy segments", () => {
    const ranking = rankSegmentLosses(healthy);
    expect(ranking.outcome === "ok" && ranking.segments.some((one) => one.isRaised)).toBe(false);
  });

  it("rank a large segment a little worse above a small one much worse when it costs more", () => {
    const ranking = rankSegmentLosses([
      { name: "small", reference: draw(1000, 0.4, 3), window: draw(50, 0.9, 4) },
      { name: "large", reference: draw(1000, 0.4, 5), window: draw(5000, 0.5, 6) },
    ]);
    expect(ranking.outcome === "ok" && ranking.segments.map((one) => one.name)).toEqual(["large", "small"]);
  });

  it("hold a segment the reference does not know against the reference as a whole, and leave small ones out", () => {
    const ranking = rankSegmentLosses([
      ...healthy,
      { name: "region=new", reference: emptyLossSums(), window: draw(200, 0.8, 7) },
      { name: "region=tiny", reference: draw(500, 0.4, 8), window: draw(5, 0.9, 9) },
    ]);
    if (ranking.outcome !== "ok") throw new Error(ranking.reason);
    expect(ranking.segments[0]!.name).toBe("region=new");
    expect(ranking.segments[0]!.referenceLoss).toBeCloseTo(0.4, 1);
    expect(ranking.tooSmall).toBe(1);
  });

  it("are insufficient data without labels", () => {
    expect(rankSegmentLosses([]).outcome).toBe("insufficient_data");
  });
});
