import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { adwin, type Detector, ddm, pageHinkley, runDetector } from "@leeway/core/detectors";
import { describe, expect, it } from "vitest";
import { readGolden } from "../read-golden.ts";

const streams = readGolden("stream_detectors")["streams"] as Record<string, number[]>;
const numbersStream = streams["river_doc_ph_adwin"]!;
const bitsStream = streams["bits:river_doc_ddm"]!;

function firsts<P, S>(detector: Detector<P, S>, parameters: Partial<P>, stream: number[]) {
  const { drifts, warnings } = runDetector(detector, detector.create(parameters), stream);
  return { drift: drifts[0], firstWarning: warnings[0] };
}

// The streams are those of the docstrings: random.Random(12345) and random.Random(42), regenerated with CPython.
describe("the examples in river's documentation", () => {
  it("page_hinkley.py: drift at 1006", () => {
    expect(firsts(pageHinkley, {}, numbersStream)).toEqual({ drift: 1006, firstWarning: undefined });
  });
  it("adwin.py: drift at 1023", () => {
    expect(runDetector(adwin, adwin.create(), numbersStream).drifts).toEqual([1023]);
  });
  it("binary/ddm.py: warning at 1084, drift at 1334", () => {
    expect(firsts(ddm, {}, bitsStream)).toEqual({ drift: 1334, firstWarning: 1084 });
  });
});

// Peers' own test streams are not ours to publish: where a folder with them is named, their pinned indices are checked too.
const shared = process.env["LEEWAY_SHARED"];
const folder = shared === undefined ? undefined : join(shared, "golden/peers");
if (folder !== undefined && existsSync(folder)) {
  const read = (name: string): Record<string, number[]> =>
    JSON.parse(readFileSync(join(folder, name), "utf8"));
  const river = read("streams.json");
  const frouros = read("streams_frouros.json");

  describe("the streams of river's tests", () => {
    it("page_hinkley up: 588, 1681; both: 588, 1097, 1585", () => {
      const stream = river["river_data_stream_3"]!;
      expect(runDetector(pageHinkley, pageHinkley.create({ mode: "up" }), stream).drifts).toEqual([
        588, 1681,
      ]);
      expect(runDetector(pageHinkley, pageHinkley.create(), stream).drifts).toEqual([588, 1097, 1585]);
    });
    it("ddm: 1049", () => {
      expect(runDetector(ddm, ddm.create(), river["river_data_stream_2"]!).drifts).toEqual([1049]);
    });
  });

  describe("the streams of Frouros' documentation", () => {
    it("ddm: warning at 1049, drift at 1131", () => {
      expect(firsts(ddm, {}, frouros["frouros_binomial_2000"]!)).toEqual({ drift: 1131, firstWarning: 1049 });
    });
    it("page_hinkley as river has it: 1086", () => {
      expect(firsts(pageHinkley, {}, frouros["frouros_gaussian_2000"]!).drift).toBe(1086);
    });
  });
}
