import { type EmbeddedRow, profileRows, referenceFromRows } from "@leeway/core/profile";
import { createRandom, drawNormal } from "@leeway/core/random";
import {
  assessEmbedding,
  calibrateDrift,
  createDriftAssessor,
  createEmbeddingBaseline,
  EMBEDDING_ROWS,
  EMBEDDING_TESTS,
} from "@leeway/core/verdicts";
import { expect, test } from "vitest";
import { type Telling, tellStory } from "./support/story.ts";

// Texts of five topics, embedded in 32 dimensions; how often each topic comes wanders from day to day. From day 10 on a third of them are about
// something new, or lie as far apart as before in half of the directions only. Each day's sample is all that is looked at.
const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 0, 5);
const REFERENCE_DAYS = 14;
const DAYS = 46;
const FAULTY_FROM = 24;
const ROWS = 300;
const DIMENSIONS = 32;

const random = createRandom(9);
const span = (day: number) => ({ start: FROM + day * DAY_MS, end: FROM + (day + 1) * DAY_MS });
const drawVector = (scale: number) => Array.from({ length: DIMENSIONS }, () => scale * drawNormal(random));
const TOPICS = Array.from({ length: 6 }, () => drawVector(0.5));
const NEW_TOPIC = 5;

interface Change {
  newTopic: number;
  flattened: boolean;
}

function drawRow(day: number, change: Change): EmbeddedRow {
  const wandering = 0.05 * Math.sin(day);
  const known = random() < 0.2 + wandering ? 0 : 1 + Math.floor(random() * 4);
  const center = TOPICS[random() < change.newTopic ? NEW_TOPIC : known]!;
  const flat = (k: number) => (change.flattened && k % 2 === 0 ? 0.1 : 1);
  const vector = center.map((x, k) => x + flat(k) * drawNormal(random));
  return { time: span(day).start + Math.floor(random() * DAY_MS), embeddings: { text: vector } };
}

async function story(changeOn: (day: number) => Change): Promise<Telling[]> {
  const days = Array.from({ length: DAYS }, (_, day) => {
    const rows = Array.from({ length: ROWS }, () => drawRow(day, changeOn(day)));
    return { rows, numbers: { amount: rows.map(() => drawNormal(random)) } };
  });
  const past = days.slice(0, REFERENCE_DAYS);
  const reference = referenceFromRows(
    { amount: past.flatMap(({ numbers }) => numbers.amount) },
    { from: FROM, to: span(REFERENCE_DAYS).start },
  );
  const profiles = days.map(({ numbers }, day) => profileRows(reference, numbers, span(day)));
  const calibration = calibrateDrift(profiles.slice(0, REFERENCE_DAYS), reference, {
    windowMs: DAY_MS,
    furtherTests: EMBEDDING_TESTS,
  });
  const perDay = Math.ceil(EMBEDDING_ROWS / REFERENCE_DAYS);
  const baseline = (await createEmbeddingBaseline(
    { name: "text", dimensions: DIMENSIONS },
    {
      sample: past.flatMap(({ rows }) => rows.slice(0, perDay)).slice(0, EMBEDDING_ROWS),
      windows: past.map(({ rows }, day) => ({ ...span(day), rows })).slice(0, 12),
    },
  ))!;
  const told = profiles.map((profile, day) => ({
    profile,
    evidence: { embeddings: [assessEmbedding(baseline, days[day]!.rows, calibration.operating_point)] },
  }));
  return tellStory(told.slice(REFERENCE_DAYS), createDriftAssessor({ reference, calibration }));
}

const NOTHING: Change = { newTopic: 0, flattened: false };

test.each([
  ["a third of which are about something new", { ...NOTHING, newTopic: 0.33 }],
  ["whose mean stays while their shape changes", { ...NOTHING, flattened: true }],
])("embeddings %s are reported within two days", async (_, change) => {
  const tellings = await story((day) => (day < FAULTY_FROM ? NOTHING : change));
  expect(tellings.map(({ told }) => told)).toEqual(["fired input_drift text"]);
  expect(["2026-01-29", "2026-01-30"]).toContain(tellings[0]?.day);
  expect(tellings[0]!.incident.summary).toMatch(
    /^text: the mean embedding lies 0(\.\d+)? of the reference's spread away, MMD 0\.\d+/,
  );
});

test("a month of topics that wander tells nothing", async () => {
  expect(await story(() => NOTHING)).toEqual([]);
});
