import { toEmail } from "@leeway/core/channels/email";
import { toSlackBlocks, toSlackReply } from "@leeway/core/channels/slack";
import { LeewayError } from "@leeway/core/errors";
import { modelHealth } from "@leeway/core/health";
import { stepBlindness, stepIncidents } from "@leeway/core/incidents";
import { addLoss, comparePaired, emptyLossSums } from "@leeway/core/performance";
import { createRandom, drawNormal } from "@leeway/core/random";
import type { Incident } from "@leeway/core/records";
import { describe, expect, it } from "vitest";
import { PROBLEMS, problemOf } from "../../ingest/src/errors/problem.ts";
import { sentencesOf } from "../../scripts/checks/sentences.ts";
import { unusedWordsIn } from "../../scripts/checks/unused-words.ts";
import { driftVerdicts } from "./drift-states.ts";
import { healthStates } from "./health-states.ts";
import { messageTexts } from "./message-texts.ts";
import { labelsVerdicts, objectiveVerdicts, performanceVerdicts, volumeVerdicts } from "./verdict-states.ts";

// What the product says, made by the functions that say it, over a table of states. A fixed list of texts would not notice a new one.
const MOST_WORDS = 30;
const DAY = 86_400_000;
const drift = driftVerdicts().map(({ state, verdict }) => ({ ...verdict, kind: "drift" as const, state }));
const others = [
  ...performanceVerdicts().map((one) => ({ ...one, kind: "performance" as const })),
  ...volumeVerdicts().map((one) => ({ ...one, kind: "volume" as const })),
  ...labelsVerdicts().map((one) => ({ ...one, kind: "labels" as const })),
  ...objectiveVerdicts().map((one) => ({ ...one, kind: "latency_slo" as const })),
];
const incidents = incidentsOf();
const transitions = ["fired", "updated", "resolved", "test"] as const;

const SAID: Record<string, readonly string[]> = {
  "a drift window": drift.flatMap(({ reason, blamed }) => [
    reason,
    ...blamed.map(({ evidence }) => evidence),
  ]),
  "a window of performance": reasonsOf("performance"),
  "a window of traffic": reasonsOf("volume"),
  "a window of labels": reasonsOf("labels"),
  "an objective": reasonsOf("latency_slo"),
  "an incident": incidents.flatMap(({ title, summary, resolution = "", next_steps }) => [
    title,
    summary,
    resolution,
    ...next_steps,
  ]),
  "a mail": incidents.flatMap((incident) =>
    transitions.flatMap((transition) => mailLines(incident, transition)),
  ),
  "a Slack message": incidents.flatMap((incident) =>
    transitions.flatMap((transition) => slackTexts(incident, transition)),
  ),
  ...messageTexts(incidents, transitions),
  "a model's health": healthStates().flatMap((facts) => {
    const { sentence, findings } = modelHealth(facts);
    return [sentence, ...findings.map((finding) => finding.sentence)];
  }),
  "a comparison": comparisons(),
  "a refusal": problems(),
};

describe.each(Object.entries(SAID))("what is said of %s", (_, texts) => {
  const spoken = [...new Set(texts)].filter((text) => text !== "");

  it("is said of many states", () => expect(spoken.length).toBeGreaterThan(4));

  it(`has no sentence of more than ${MOST_WORDS} words`, () => {
    expect(spoken.flatMap(sentencesOf).filter(({ words }) => words > MOST_WORDS)).toEqual([]);
  });

  it("has none of the words that we do not use", () => {
    expect(spoken.flatMap((text) => unusedWordsIn(text).map(({ word }) => [word, text]))).toEqual([]);
  });

  it("counts one thing as one, and more as more", () => {
    expect(spoken.filter((text) => WRONG_PLURAL.test(text))).toEqual([]);
  });

  it("separates thousands", () => {
    expect(
      spoken.filter((text) =>
        /(?<![\w.,:#/-])\d{5,}(?![\w-])|\b[1-9]\d{3} (?:rows|labels|predictions|requests|values)/.test(text),
      ),
    ).toEqual([]);
  });

  it("shows no NaN, no missing value and no object", () => {
    expect(spoken.filter((text) => /NaN|undefined|Infinity|\[object|\bnull\b/.test(text))).toEqual([]);
  });

  it("does not argue against itself", () => {
    expect(spoken.filter((text) => ARGUING.some((pattern) => pattern.test(text)))).toEqual([]);
  });
});

const THINGS = "row|label|window|value|prediction|request|feature|monitor|event|version|model|check|category";
const WRONG_PLURAL = new RegExp(
  `(?<![\\d.,×] ?)(?<![\\d.,])\\b1 (?:${THINGS.replace("category", "categorie")})s\\b|(?:\\d\\d|(?<![\\d.,])[2-9]) (?:${THINGS})\\b(?!s)(?!-)`,
);
/** Ways to take back in the second half what the first half said. */
const ARGUING = [
  /No drift .*\b(has|have) drifted/,
  /as usual.*\b(unusual|outside)/,
  /^(?:Labels are missing|Not judged).*100 % of/,
  /\bok\b.*\(0 of/,
  /-\d[\d,.]* % of the error budget/,
  /(dropped|rose) 0 %/,
  /dropped 100 %: [1-9]/,
  /Cannot tell.*cannot tell/i,
  /: as usual: /,
];

it.each([
  ["1 predictions in this window", true],
  ["842 row", true],
  ["over the last 1 windows", true],
  ["1 prediction in this window, 30 are needed", false],
  ["over 11 windows, 0.1 labels, 21 rows", false],
  ["2 of 4 features drifted in 842 rows", false],
])("the check of plurals finds fault with %j: %s", (text, isWrong) => {
  expect(WRONG_PLURAL.test(text)).toBe(isWrong);
});

function reasonsOf(kind: (typeof others)[number]["kind"]): string[] {
  return others.filter((one) => one.kind === kind).map(({ reason }) => reason);
}

function incidentsOf(): Incident[] {
  const about = { model: "flight-delays", version: "1", environment: "production" as const };
  const failing = [...drift, ...others].filter(({ outcome }) => outcome === "alarm");
  const span = (day: number) => ({ window_start: day * DAY, window_end: (day + 1) * DAY });
  const opened = failing.flatMap(({ kind, outcome, ...verdict }, day) => {
    const evaluation = {
      ...about,
      ...verdict,
      ...span(day),
      kind,
      monitor_id: kind,
      outcome: "alarm" as const,
    };
    const open = stepIncidents({ incidents: [], evaluations: [evaluation], now: 0 }).changed;
    const healthy = [1, 2, 3].map((later) => {
      const reason =
        others.find((one) => one.kind === kind && one.outcome === "ok")?.reason ??
        "No drift in 4 features on 842 rows";
      return { ...about, ...span(day + later), kind, monitor_id: kind, outcome: "ok" as const, reason };
    });
    return [...open, ...stepIncidents({ incidents: open, evaluations: healthy, now: DAY }).changed];
  });
  const blind = stepBlindness({
    model: "flight-delays",
    incidents: [],
    blindness: [
      {
        environment: "production",
        since: DAY,
        chains: [
          {
            monitorId: "drift",
            version: "1",
            kind: "drift",
            since: DAY,
            windowMs: DAY,
            words: "The reference has no rows",
            environment: "production",
            reason: "failing",
            lastVerdictAt: DAY,
          },
        ],
      },
    ],
    asOf: 9 * DAY,
    now: 9 * DAY,
  }).changed;
  return [...opened, ...blind];
}

function mailLines(incident: Incident, transition: (typeof transitions)[number]): string[] {
  const { subject, text } = toEmail(incident, { publicUrl: "https://leeway.example", transition });
  return [subject, ...text.split("\n").filter((line) => !line.startsWith("https://"))];
}

function slackTexts(incident: Incident, transition: (typeof transitions)[number]): string[] {
  const context = { publicUrl: "https://leeway.example", transition };
  return [toSlackBlocks(incident, context), toSlackReply(incident, context)].flatMap(({ text, blocks }) => [
    text,
    ...blocks
      .flatMap((block) => (block.type === "section" ? [block.text, ...(block.fields ?? [])] : []))
      .flatMap((part) => part?.text.split("\n") ?? []),
  ]);
}

function comparisons(): string[] {
  const random = createRandom(4);
  return [
    [10, 500, -0.2],
    [10, 500, 0.2],
    [10, 100, -0.03],
    [2, 9_000, -0.5],
    [1, 1, 0.1],
    [1, 0, 0],
    [12, 4_000, 0],
  ].map(([windows = 1, rows = 1, mean = 0]) => {
    const sums = Array.from({ length: windows }, () => {
      const sum = emptyLossSums();
      for (let i = 0; i < rows; i++) addLoss(sum, mean + drawNormal(random));
      return sum;
    });
    return comparePaired(sums, "log loss", { candidate: "version 2", baseline: "version 1" }).reason;
  });
}

function problems(): string[] {
  const codes = Object.keys(PROBLEMS) as (keyof typeof PROBLEMS)[];
  const cause = new Error("Code: 62. DB::Exception: syntax error at 127.0.0.1:8123");
  return [
    ...codes.map((code) => new LeewayError(code, "The model flights has no version 3", { cause })),
    cause,
    Object.assign(new Error("Body cannot be empty"), { statusCode: 400 }),
  ].flatMap((error) => {
    const { title, detail } = problemOf(error, "req_1").problem;
    return [title, detail];
  });
}
