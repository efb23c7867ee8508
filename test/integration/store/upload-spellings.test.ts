import {
  className,
  featureText,
  isMissingNumber,
  isMissingText,
  MISSING_SPELLINGS,
  readBoolean,
  readNumber,
  readTime,
} from "@leeway/core/spelling";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  booleanSql,
  canonicalTextSql,
  classNameSql,
  finiteNumberSql,
  isMissingNumberSql,
  isMissingSql,
  momentSql,
} from "../../../store/src/references/staged-values-sql.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.close());

const SPELLINGS = [
  ...MISSING_SPELLINGS,
  ...[
    "1",
    "1.0",
    "1.",
    "1.000",
    " 1.0\t",
    "0",
    "0.0",
    "-0",
    "-0.0",
    "-0.",
    "-7.0",
    "1.5",
    "1.50",
    "1e3",
    ".5",
    "+1",
    "1E-2",
  ],
  ...["007", "01.0", "00", "-01", "1.0.0", "1,5", "0x10", "1e400", "-1e400", "1e", "e1", ".", "-", "+"],
  ...["True", "TRUE", "true", "False", "FALSE ", "false", "tRUE", "yes", "1 "],
  ...[
    "Fraud",
    " fraud ",
    "none",
    "na",
    "inf",
    "-Infinity",
    "nan ",
    "NONE",
    "\tNaN\r\n",
    "Nancy",
    "\\N",
    "'",
    "ü",
  ],
  ...[
    "2026-01-31T12:00:00Z",
    "2026-01-31 12:00",
    "2026-02-30",
    "2024-02-29",
    "09/01/2026",
    "2026-01-01T24:00:00Z",
  ],
  ...[
    "2026-01-31T12:00:00.123456+05:30",
    "2026-01-31 12:00:00 +0530",
    "1999-12-31",
    "1769860800000",
    "1769860800",
  ],
  "9007199254740991.0",
];

it("a staged text is read in the engine as it is read everywhere else", async () => {
  const bounds = { from: Date.UTC(2000, 0, 1), until: Date.UTC(2100, 0, 1) };
  const answer = await test.store.client.query({
    query: `SELECT t AS text, toUInt8(${isMissingSql("t")}) AS missing, toUInt8(${isMissingNumberSql("t")}) AS missing_number,
        toString(${finiteNumberSql("t")}) AS number, toUInt8(${booleanSql("t")}) AS flag, ${classNameSql("t")} AS class,
        if(missing, NULL, ${canonicalTextSql("t")}) AS feature, toUnixTimestamp64Milli(${momentSql("t", bounds)}) AS time
      FROM (SELECT arrayJoin({spellings:Array(String)})::Nullable(String) AS t)`,
    query_params: { spellings: SPELLINGS },
    format: "JSONEachRow",
  });
  const rows = (await answer.json()) as Record<string, unknown>[];
  const inBounds = (time: number | undefined) =>
    time !== undefined && time >= bounds.from && time < bounds.until ? time : undefined;
  expect(
    rows.map(({ text, missing, missing_number, number, flag, class: name, feature, time }) => ({
      text,
      missing: missing === 1,
      missingNumber: missing_number === 1,
      number: number === null ? undefined : Number(number) + 0,
      flag: flag === null ? undefined : flag === 1,
      class: name ?? undefined,
      feature,
      time: time === null ? undefined : Number(time),
    })),
  ).toEqual(
    SPELLINGS.map((text) => ({
      text,
      missing: isMissingText(text),
      missingNumber: isMissingNumber(text),
      number: readNumber(text) === undefined ? undefined : (readNumber(text) as number) + 0,
      flag: readBoolean(text),
      class: className(text),
      feature: featureText(text),
      time: inBounds(readTime(text)) ?? inBounds(readNumber(text)),
    })),
  );
});
