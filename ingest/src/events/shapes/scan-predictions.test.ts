import { LeewayError } from "@leeway/core/errors";
import { ShapedPrediction } from "@leeway/store";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClickHouseClient } from "../../../../store/src/client/clickhouse.ts";
import { FeatureSightings } from "../../../../store/src/writes/evidence/feature-sightings.ts";
import { createPredictionKind } from "../../../../store/src/writes/predictions/create-prediction-kind.ts";
import { PredictionBlock } from "../../../../store/src/writes/predictions/prediction-block.ts";
import { parseEvents } from "../parse-events.ts";
import { Refusal } from "../read-outcome.ts";
import { createPredictionReader } from "../read-prediction.ts";
import { readShaped } from "./read-shaped.ts";
import { createPredictionScanner, type PredictionScanner } from "./scan-predictions.ts";

const NOW = Date.UTC(2026, 0, 15);
const readParsed = createPredictionReader();
const readAny = readShaped(readParsed);
const kind = createPredictionKind(
  {} as ClickHouseClient,
  () => undefined,
  () => NOW,
);
const never: PredictionScanner = () => undefined;

const sightings = new FeatureSightings();
const block = new PredictionBlock(sightings);

/** Everything that becomes of a body: what is answered of each event, and every byte that would be stored. */
function outcomeOf(body: Buffer, scan: PredictionScanner) {
  block.clear();
  sightings.drain();
  try {
    const { batchId, events } = scan(body, "p") ?? parseEvents(body, "predictions");
    const fates = events.map((value) => {
      const event = value instanceof Refusal ? value : readAny(value, NOW);
      if (event instanceof Refusal) return { ...event };
      const key = { low: 0, high: 0, payloadLow: 0, payloadHigh: 0 };
      const stored = event instanceof ShapedPrediction ? event : { project: "p", event };
      const timestamp = kind.timestampOf(stored);
      const conflict = kind.conflictMessage(stored);
      return { problem: kind.append(block, stored, key), key, timestamp, conflict };
    });
    const quick = events.filter((event) => event instanceof ShapedPrediction).length;
    const { columns, body: bytes } = block.serialise(NOW);
    return { quick, told: { batchId, fates, columns, bytes, seen: sightings.drain() } };
  } catch (error) {
    if (!(error instanceof LeewayError)) throw error;
    return { quick: 0, told: { error: error.message } };
  }
}

function expectSame(bodies: readonly Buffer[]): void {
  const scan = createPredictionScanner(readParsed);
  for (const body of bodies) expect(outcomeOf(body, scan).told).toEqual(outcomeOf(body, never).told);
}

const EVENT = {
  id: "a-1",
  timestamp: NOW,
  model: "flights",
  version: "v1",
  environment: "shadow",
  features: { distance: 1.5, carrier: "AA", late: true, wind: null, "0": 7 },
  prediction: { label: "yes", score: 0.25, scores: { yes: 0.25, no: 0.75 }, value: -3.5 },
  latency_ms: 1.25,
  error: "",
  weight: 2,
  tags: { region: "eu" },
};

const batch = (...events: unknown[]) => Buffer.from(JSON.stringify({ batch_id: "b", predictions: events }));

describe("scanning predictions", () => {
  it("takes the quick way for events that differ in nothing but their values, and stores the same bytes", () => {
    const scan = createPredictionScanner(readParsed);
    const events = Array.from({ length: 50 }, (_unused, at) => ({
      ...EVENT,
      id: `a-${at}`,
      timestamp: at % 2 === 0 ? NOW - at : new Date(NOW - at).toISOString(),
      features: {
        distance: at / 3,
        carrier: at % 3 === 0 ? null : `c${at}`,
        late: at % 2 === 0,
        wind: at,
        "0": `${at}`,
      },
      prediction: { label: at % 2 === 0, score: at / 50, scores: { yes: 0, no: 1 }, value: -at },
      error: `e${at}`,
    }));
    const outcome = outcomeOf(batch(...events), scan);
    expect(outcome.quick).toBe(50);
    expect(outcome.told).toEqual(outcomeOf(batch(...events), never).told);
    expect(outcomeOf(batch(...events), scan).quick).toBe(50);
  });

  it.each([
    ["a missing text", { features: { ...EVENT.features, carrier: "NaN" } }],
    ["a text of spaces", { features: { ...EVENT.features, carrier: "  " } }],
    ["true in capitals", { features: { ...EVENT.features, carrier: "TRUE" } }],
    ["a whole number as a float in quotes", { features: { ...EVENT.features, carrier: "-12.0" } }],
    ["a version in quotes", { features: { ...EVENT.features, carrier: "12.0.1" } }],
    ["a class in capitals", { prediction: { ...EVENT.prediction, label: "True" } }],
    ["a class that is a float", { prediction: { ...EVENT.prediction, label: "1.0" } }],
    ["a class that is missing", { prediction: { ...EVENT.prediction, label: "None" } }],
    ["an empty class", { prediction: { ...EVENT.prediction, label: "" } }],
    ["a class between spaces", { prediction: { ...EVENT.prediction, label: " yes " } }],
    ["scores by floats", { prediction: { label: 1, scores: { "1.0": 0.75, "0.0": 0.25 } } }],
    ["one class in two spellings", { prediction: { label: 1, scores: { "1.0": 0.75, "1": 0.25 } } }],
    ["an id too long", { id: "i".repeat(257) }],
    ["a time three days ahead", { timestamp: NOW + 3 * 86_400_000 }],
    ["a time that is none", { timestamp: "yesterday" }],
    ["a score above 1", { prediction: { ...EVENT.prediction, score: 1.5 } }],
    ["a negative latency", { latency_ms: -1 }],
    ["a text that needs an escape", { features: { ...EVENT.features, carrier: 'a"b\\\n' } }],
    ["a text beyond ASCII", { features: { ...EVENT.features, carrier: "Ümläut 😀" } }],
    ["a lone surrogate", { features: { ...EVENT.features, carrier: "\ud800" } }],
    ["a text too long", { features: { ...EVENT.features, carrier: "x".repeat(8_193) } }],
    ["a nested feature", { features: { ...EVENT.features, carrier: { a: 1 } } }],
    ["a reserved name", { features: JSON.parse('{"__proto__":1}') as object }],
    ["an unknown member", { remark: [[1]] }],
    ["an embedding", { embeddings: { e: [1, 2] } }],
    ["no features", { features: {} }],
    ["a weight below 1", { weight: 0.5 }],
    ["a tag that is a number", { tags: { region: 1 } }],
  ])("judges %s as the parsed event is judged", (_title, change) => {
    const odd = { ...EVENT, id: "odd", ...change };
    expectSame([batch(EVENT), batch(odd, EVENT, odd), batch(EVENT, odd)]);
  });

  it.each([
    ["huge numbers", '"distance":1.5', '"distance":1e400'],
    ["a negative zero", '"distance":1.5', '"distance":-0'],
    ["a leading zero", '"distance":1.5', '"distance":01.5'],
    ["a name twice", '"distance":1.5', '"distance":1.5,"distance":2'],
    ["a name with an escape", '"distance"', '"dist\\u0061nce"'],
    ["white space", '"distance":1.5', '"distance" :\n 1.5'],
    ["a member twice", '"latency_ms":1.25', '"latency_ms":1.25,"latency_ms":2.5'],
    ["another envelope member", '"batch_id":"b"', '"batch_id":"b","x":[{}]'],
    ["a batch id twice", '"batch_id":"b"', '"batch_id":"b","batch_id":"c"'],
    ["a batch id that is null", '"batch_id":"b"', '"batch_id":null'],
    ["an empty batch id", '"batch_id":"b"', '"batch_id":""'],
    ["a list that is none", "[{", "{{"],
    ["an event that is none", "[{", "[null,{"],
    ["a trailing comma", "}]", "},]"],
    ["rubbish behind", "}]}", "}]}x"],
    ["an event of rubbish in brackets", "[{", "[{rubbish},{"],
  ])("reads %s as JSON.parse does", (_title, from, to) => {
    const plain = batch(EVENT, EVENT).toString();
    const odd = Buffer.from(plain.replace(from, to));
    expect(odd.toString()).not.toBe(plain);
    expectSame([odd, Buffer.from(plain), odd]);
  });

  const name = fc.oneof(
    fc.constantFrom(
      "a",
      "b",
      "c",
      "0",
      "10",
      "__proto__",
      "constructor",
      "features",
      "é",
      "",
      "a b",
      "\u0001",
    ),
    fc.string({ maxLength: 4, unit: "binary" }),
  );
  const text = fc.oneof(fc.string({ maxLength: 6 }), fc.string({ maxLength: 4, unit: "binary" }));
  const scalar = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    text,
    fc.boolean(),
    fc.constant(null),
  );
  const anything = fc.oneof(scalar, fc.constantFrom([], [1], {}, { a: 1 }));
  const event = fc.record(
    {
      id: fc.oneof(text, anything),
      timestamp: fc.oneof(fc.constantFrom(NOW, "2026-01-15T00:00:00.5Z"), anything),
      model: fc.constantFrom("m", "n", "", "é"),
      version: fc.constantFrom("1", "2"),
      features: fc.dictionary(name, fc.oneof(scalar, scalar, scalar, anything), { maxKeys: 5 }),
      prediction: fc.record(
        { label: scalar, score: scalar, value: scalar, scores: fc.dictionary(name, scalar, { maxKeys: 2 }) },
        { requiredKeys: [] },
      ),
      environment: fc.constantFrom("shadow", "nowhere"),
      latency_ms: scalar,
      error: scalar,
      weight: scalar,
      tags: fc.dictionary(name, fc.oneof(text, scalar), { maxKeys: 2 }),
      other: anything,
    },
    { requiredKeys: ["id", "timestamp", "model", "version", "features", "prediction"] },
  );
  // The same event with other values: what the quick way is for.
  const siblings = fc
    .tuple(event, fc.array(scalar, { minLength: 1, maxLength: 6 }))
    .map(([first, values]) => {
      let turn = 0;
      const vary = (value: unknown): unknown => {
        if (typeof value !== "object" || value === null) return values[turn++ % values.length];
        return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, vary(member)]));
      };
      const sibling = { ...first, id: "s", features: vary(first.features), tags: first.tags };
      return [first, sibling, first, { ...sibling, prediction: vary(first.prediction) }];
    });

  it("tells and stores of any events what the parsed ones would", () => {
    fc.assert(
      fc.property(fc.array(siblings, { minLength: 1, maxLength: 3 }), fc.boolean(), (groups, isSpaced) => {
        const body = { predictions: [...groups, ...groups].flat() };
        const bytes = Buffer.from(JSON.stringify(body, null, isSpaced ? 1 : 0));
        expectSame([bytes, bytes]);
      }),
      { numRuns: 150 },
    );
  });

  it("tells and stores of any damaged body what the parsed one would", () => {
    const damage = fc.record({
      at: fc.nat(),
      cut: fc.nat({ max: 3 }),
      insert: fc.oneof(
        fc.constantFrom(...'"\\{}[],:-+.eE0 \n'.split(""), "1e999", "\\u", "\u0000", "é"),
        fc.uint8Array({ maxLength: 2 }),
      ),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), fc.boolean(), (damages, isTruncated) => {
        let body = batch(EVENT, { ...EVENT, id: "a-2" }, EVENT);
        const whole = body;
        for (const { at, cut, insert } of damages) {
          const position = at % body.length;
          body = Buffer.concat([
            body.subarray(0, position),
            Buffer.from(insert as string),
            body.subarray(position + cut),
          ]);
        }
        if (isTruncated) body = body.subarray(0, (damages[0]?.at ?? 0) % body.length);
        expectSame([whole, body]);
      }),
      { numRuns: 400 },
    );
  });
});
