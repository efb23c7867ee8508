import { describe, expect, it } from "vitest";
import type { Detector } from "./detector.ts";
import { DETECTORS, runDetector } from "./detectors.ts";

/** uniform returns a small seeded generator of numbers in [0, 1) (mulberry32), enough for test streams. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** errorStream returns bits whose rate of ones jumps from 10 % to 60 % halfway. */
function errorStream(length: number, seed: number): number[] {
  const next = uniform(seed);
  return Array.from({ length }, (_, i) => (next() < (i < length / 2 ? 0.1 : 0.6) ? 1 : 0));
}

/** settingsOf returns parameters for error bits: thresholds in their unit. */
function settingsOf(name: string): Record<string, unknown> {
  return name === "page_hinkley" ? { threshold: 20 } : {};
}

describe.each(Object.entries(DETECTORS))("%s", (name, one) => {
  // The suite runs every detector alike, whatever its state is made of.
  const detector = one as unknown as Detector<Record<string, unknown>, object>;
  const settings = settingsOf(name);

  it("is registered under its own name", () => {
    expect(detector.name).toBe(name);
  });

  it("finds a jump of the error rate from 10 % to 60 %, and nothing before it", () => {
    const { drifts } = runDetector(detector, detector.create(settings), errorStream(4000, 7));
    expect(drifts.length).toBeGreaterThan(0);
    expect(drifts[0]).toBeGreaterThanOrEqual(2000);
    expect(drifts[0]).toBeLessThan(2400);
  });

  it("is quiet on a constant stream", () => {
    const { drifts, warnings } = runDetector(detector, detector.create(settings), new Array(3000).fill(0));
    expect([drifts, warnings]).toEqual([[], []]);
  });

  it("gives the same answers when it is stored as JSON and resumed at any point", () => {
    const stream = errorStream(3000, 11);
    const whole = runDetector(detector, detector.create(settings), stream);
    for (const cut of [1, 31, 1499, 1600, 2999]) {
      const first = runDetector(detector, detector.create(settings), stream.slice(0, cut));
      const second = runDetector(detector, JSON.parse(JSON.stringify(first.state)), stream.slice(cut));
      expect([...first.drifts, ...second.drifts.map((i) => i + cut)]).toEqual(whole.drifts);
      expect(second.state).toEqual(whole.state);
    }
  });

  it("never changes the state it was given", () => {
    const stream = errorStream(500, 3);
    const { state } = runDetector(detector, detector.create(settings), stream);
    const before = JSON.stringify(state);
    for (const x of [0, 1, 1, 0]) detector.step(state, x);
    expect(JSON.stringify(state)).toBe(before);
  });

  it("refuses NaN and infinities by name, and carries on as if they had not been", () => {
    const { state } = runDetector(detector, detector.create(settings), errorStream(300, 5));
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const step = detector.step(state, x);
      expect(step.outcome.outcome).toBe("refused");
      expect(step.state).toBe(state);
    }
    if (detector.input === "bits") expect(detector.step(state, 0.5).outcome.outcome).toBe("refused");
  });

  it("keeps its state under eight kilobytes after fifty thousand values", () => {
    const next = uniform(13);
    const stream = Array.from({ length: 50_000 }, () => (next() < 0.2 ? 1 : 0));
    const { state } = runDetector(detector, detector.create(settings), stream);
    expect(JSON.stringify(state).length).toBeLessThan(8192);
  });

  it("begins anew after a drift", () => {
    const stream = errorStream(4000, 7);
    const { drifts } = runDetector(detector, detector.create(settings), stream);
    const rest = stream.slice(drifts[0]! + 1);
    const anew = runDetector(detector, detector.create(settings), rest);
    expect(anew.drifts.map((i) => i + drifts[0]! + 1)).toEqual(drifts.slice(1));
  });
});
