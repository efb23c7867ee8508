import { adwin, ddm, pageHinkley, runDetector } from "@leeway/core/detectors";
import { describe, expect, it } from "vitest";
import { readGolden } from "../read-golden.ts";

interface PageHinkleyCase {
  id: string;
  detector: "page_hinkley";
  stream_id: string;
  params: { delta: number; threshold: number; min_instances: number };
  expected: { river_alpha_0_9999_up: number[]; river_alpha_0_9999_both: number[] };
}
interface AdwinCase {
  id: string;
  detector: "adwin";
  stream_id: string;
  params: { delta: number; max_buckets: number; min_window: number; grace: number };
  expected: Record<
    "river_no_reset" | "river_reset_after_drift" | "clock1_no_reset",
    { drifts: number[]; final_width: number }
  >;
}
interface DdmCase {
  id: string;
  detector: "ddm";
  stream_id: string;
  params: { warm_start: number; warning: number; drift: number };
  expected: { drifts: number[]; warnings_first_20: number[]; n_warnings: number };
}

const golden = readGolden<PageHinkleyCase | AdwinCase | DdmCase>("stream_detectors");
const streams = golden["streams"] as Record<string, number[]>;

describe("stream detectors alarm at the reference's indices (river's current flavour)", () => {
  for (const one of golden.cases) {
    const stream = streams[one.stream_id]!;
    switch (one.detector) {
      case "page_hinkley":
        it(one.id, () => {
          const { delta, threshold, min_instances } = one.params;
          const parameters = { delta, threshold, minimumCount: min_instances };
          const up = runDetector(pageHinkley, pageHinkley.create({ ...parameters, mode: "up" }), stream);
          const both = runDetector(pageHinkley, pageHinkley.create(parameters), stream);
          expect(up.drifts).toEqual(one.expected.river_alpha_0_9999_up);
          expect(both.drifts).toEqual(one.expected.river_alpha_0_9999_both);
        });
        break;
      case "adwin":
        it(one.id, () => {
          const parameters = {
            delta: one.params.delta,
            maximumBuckets: one.params.max_buckets,
            minimumWindow: one.params.min_window,
            gracePeriod: one.params.grace,
          };
          const variants = {
            river_reset_after_drift: parameters,
            river_no_reset: { ...parameters, restart: false },
            clock1_no_reset: { ...parameters, restart: false, clock: 1 },
          };
          for (const [variant, settings] of Object.entries(variants)) {
            const run = runDetector(adwin, adwin.create(settings), stream);
            const expected = one.expected[variant as keyof typeof variants];
            expect(run.drifts, variant).toEqual(expected.drifts);
            expect(run.state.window.width, variant).toBe(expected.final_width);
          }
        });
        break;
      case "ddm":
        it(one.id, () => {
          const { warm_start, warning, drift } = one.params;
          const run = runDetector(
            ddm,
            ddm.create({ warmUp: warm_start, warningLevel: warning, driftLevel: drift }),
            stream,
          );
          expect(run.drifts).toEqual(one.expected.drifts);
          expect(run.warnings.slice(0, 20)).toEqual(one.expected.warnings_first_20);
          expect(run.warnings).toHaveLength(one.expected.n_warnings);
        });
        break;
      default:
        one satisfies never;
    }
  }
});
