import { type LabelCohort, labelDelayBucket } from "@leeway/core/performance";
import { expect, it } from "vitest";
import type { ModelStore } from "../model-store/model-store.ts";
import { createArrivalCurves } from "./arrival-curves.ts";

const DAY = 86_400_000;
const AS_OF = 1_000 * DAY;

// Half of the labels come within a week, the other half after `lateDays`.
function cohorts(lateDays: number, { from, to }: { from: number; to: number }): LabelCohort[] {
  return Array.from({ length: Math.round((to - from) / DAY) }, (_, i) => {
    const ageMs = i * DAY;
    const delays = [7, lateDays].filter((days) => days * DAY < ageMs);
    return {
      ageMs,
      predictions: 200,
      delayBuckets: delays.map((days) => labelDelayBucket(days * DAY)),
      delayCounts: delays.map(() => 100),
    };
  });
}

async function learn(lateDays: number) {
  const reaches: number[] = [];
  const store: Pick<ModelStore, "labelCohorts"> = {
    async labelCohorts(_model, span) {
      reaches.push((span.to - span.from) / DAY);
      return cohorts(lateDays, span);
    },
  };
  const curve = await createArrivalCurves(() => 0)(store as ModelStore, "fraud", AS_OF);
  return { reaches, curve };
}

it("learns from two months where labels have come by then", async () => {
  const { reaches, curve } = await learn(10);
  expect(reaches).toEqual([60]);
  expect(curve?.settled).toBe(true);
});

it("looks a year back where labels still come for the oldest of two months", async () => {
  const { reaches, curve } = await learn(45);
  expect(reaches).toEqual([60, 360]);
  expect(curve?.settled).toBe(true);
  expect(curve?.finalCoverage).toBeGreaterThan(0.95);
});
