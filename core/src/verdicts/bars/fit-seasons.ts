import { averageOf, valueOr } from "../../statistics/index.ts";
import type { FeatureCalibration } from "./drift-calibration.ts";
import { addSamples, type FeatureSample, withoutSample } from "./feature-sample.ts";
import { sampleDistance } from "./sample-distance.ts";
import {
  falseSeasonSlots,
  hasTimeOfYear,
  isInSeason,
  SEASON_SLOTS,
  type Season,
  seasonSlot,
  seasonsFor,
} from "./season.ts";

// A slot needs this many windows, or leaving one out leaves too little; and grouping must explain this much to be worth its noise.
const MINIMUM_SLOT_WINDOWS = 3;
const WORTHWHILE = 0.6;

/** DatedSample is one feature of one window of the reference. */
export interface DatedSample {
  start: number;
  sample: FeatureSample;
}

/** SeasonFit is the reference's windows grouped by one rhythm. */
export interface SeasonFit {
  season: Season;
  slots: FeatureCalibration["slots"];
  /** Each reference window with its baseline that leaves it out. */
  pairs: { start: number; window: FeatureSample; baseline: FeatureSample }[];
  /** When the windows of the smallest slot lie, in windows since the first. */
  positions: number[];
}

/**
 * fitSeasons returns the reference's windows ungrouped (`plain`), and grouped by the rhythm that explains most of how they differ (`best`, the same where none
 * does). A rhythm must bring windows together as no week of another length does: a feature that stood elsewhere for a few windows fits some grouping by
 * chance. Undefined where windows are too few to be compared with each other. O(windows · bins).
 */
export function fitSeasons(
  samples: readonly DatedSample[],
  whole: FeatureSample,
  windowMs: number,
): { plain: SeasonFit; best: SeasonFit } | undefined {
  const plain = fitPlain(samples, whole);
  if (plain === undefined) return undefined;
  let best = plain;
  const seasons: Season[] = [
    ...seasonsFor(windowMs),
    ...(hasTimeOfYear(windowMs) ? ["time_of_year" as const] : []),
  ];
  for (const season of seasons) {
    const grouped = season === "none" ? undefined : groupBySeason(season, samples, windowMs);
    if (grouped === undefined || !(grouped.level < WORTHWHILE * best.level)) continue;
    const rivals = falseSeasonSlots(season, windowMs).flatMap(
      (slotOf) => groupBy(samples, slotOf)?.level ?? [],
    );
    if (rivals.some((level) => !(grouped.level < WORTHWHILE * level))) continue;
    best = { season, ...grouped, positions: positionsOf(grouped.smallest, windowMs) };
  }
  return { plain, best };
}

function groupBySeason(season: Season, samples: readonly DatedSample[], windowMs: number) {
  return season === "time_of_year"
    ? groupByTimeOfYear(samples, windowMs)
    : groupBy(samples, (start) => seasonSlot(season, start, windowMs));
}

type LevelledFit = SeasonFit & { level: number };

function fitPlain(samples: readonly DatedSample[], whole: FeatureSample): LevelledFit | undefined {
  const pairs = samples.map(({ start, sample }) => ({
    start,
    window: sample,
    baseline: withoutSample(whole, sample),
  }));
  const level = levelOf(pairs);
  // A hole in the reference hides no more than it is long.
  const positions = samples.map((_, index) => index);
  return level === undefined ? undefined : { season: "none", slots: [], pairs, positions, level };
}

function groupBy(
  samples: readonly DatedSample[],
  slotOf: (start: number) => number,
): (Pick<LevelledFit, "slots" | "pairs" | "level"> & { smallest: number[] }) | undefined {
  const groups = new Map<number, { starts: number[]; total: FeatureSample }>();
  for (const { start, sample } of samples) {
    const slot = slotOf(start);
    const group = groups.get(slot);
    groups.set(
      slot,
      group === undefined
        ? { starts: [start], total: sample }
        : { starts: [...group.starts, start], total: addSamples(group.total, sample) },
    );
  }
  const starts = [...groups.values()].map((group) => group.starts);
  const smallest = starts.reduce((least, one) => (one.length < least.length ? one : least));
  if (smallest.length < MINIMUM_SLOT_WINDOWS || groups.size < 2) return undefined;
  const pairs = samples.map(({ start, sample }) => ({
    start,
    window: sample,
    baseline: withoutSample(groups.get(slotOf(start))!.total, sample),
  }));
  const level = levelOf(pairs);
  if (level === undefined) return undefined;
  const slots = [...groups].map(([slot, group]) => ({
    slot,
    windows: group.starts.length,
    baseline: group.total,
  }));
  return { slots, pairs, level, smallest };
}

// Slots overlap: each holds the windows of some weeks around it. Undefined unless the reference covers the whole year.
function groupByTimeOfYear(samples: readonly DatedSample[], windowMs: number): ReturnType<typeof groupBy> {
  const members = Array.from({ length: SEASON_SLOTS }, (_, slot) =>
    samples.filter(({ start }) => isInSeason(slot, start, windowMs)),
  );
  if (members.some((one) => one.length < MINIMUM_SLOT_WINDOWS)) return undefined;
  const totals = members.map((one) => one.map(({ sample }) => sample).reduce(addSamples));
  const pairs = samples.map(({ start, sample }) => ({
    start,
    window: sample,
    baseline: withoutSample(totals[seasonSlot("time_of_year", start, windowMs)]!, sample),
  }));
  const level = levelOf(pairs);
  if (level === undefined || !doEndsMeet(samples, level)) return undefined;
  // A slot in the middle of the reference: its windows follow each other.
  const middle = samples[Math.floor(samples.length / 2)]!.start;
  return {
    slots: totals.map((baseline, slot) => ({ slot, windows: members[slot]!.length, baseline })),
    pairs,
    level,
    smallest: members[seasonSlot("time_of_year", middle, windowMs)]!.map(({ start }) => start),
  };
}

// One year shows a season only once: where the year's end is not like its beginning, the column wandered there and will not come back.
function doEndsMeet(samples: readonly DatedSample[], level: number): boolean {
  const first = samples.slice(0, ENDS).map(({ sample }) => sample);
  const last = samples.slice(-ENDS).map(({ sample }) => sample);
  const apart = sampleDistance(first.reduce(addSamples).bins, last.reduce(addSamples).bins);
  return apart !== undefined && apart.distance <= MOST_APART * level;
}

const ENDS = 3;
const MOST_APART = 2;

function levelOf(pairs: SeasonFit["pairs"]): number | undefined {
  const distances = pairs.flatMap((pair) => sampleDistance(pair.baseline.bins, pair.window.bins) ?? []);
  if (distances.length < 2) return undefined;
  return valueOr(averageOf(distances.map(({ distance }) => distance)), undefined);
}

function positionsOf(starts: readonly number[], windowMs: number): number[] {
  return starts.map((start) => Math.round((start - starts[0]!) / windowMs));
}
