import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalText, className, differInCaseOnly, featureText, readBoolean, readNumber } from "./index.ts";
import { isMissingNumber } from "./read-number.ts";
import { MISSING_SPELLINGS } from "./spellings.ts";

/** What each spelling is as a class, as a feature's text, as a number and as a boolean. */
const TABLE: [
  spelling: string,
  name: string | undefined,
  text: string | null,
  number?: number | undefined,
  flag?: boolean,
][] = [
  ["1", "1", "1", 1],
  ["1.0", "1", "1", 1],
  ["1.", "1", "1", 1],
  ["1.000", "1", "1", 1],
  [" 1.0\t", "1", "1", 1],
  ["0", "0", "0", 0],
  ["0.0", "0", "0", 0],
  ["-0", "0", "0", -0],
  ["-0.0", "0", "0", -0],
  ["-7.0", "-7", "-7", -7],
  ["9007199254740991.0", "9007199254740991", "9007199254740991", 9007199254740991],
  ["1.5", "1.5", "1.5", 1.5],
  ["1.50", "1.50", "1.50", 1.5],
  ["1e3", "1e3", "1e3", 1000],
  [".5", ".5", ".5", 0.5],
  ["+1", "+1", "+1", 1],
  ["007", "007", "007"],
  ["01.0", "01.0", "01.0"],
  ["00", "00", "00"],
  ["-01", "-01", "-01"],
  ["1.0.0", "1.0.0", "1.0.0"],
  ["1,5", "1,5", "1,5"],
  ["0x10", "0x10", "0x10"],
  ["True", "true", "true", undefined, true],
  ["TRUE", "true", "true", undefined, true],
  ["true", "true", "true", undefined, true],
  ["False", "false", "false", undefined, false],
  ["FALSE ", "false", "false", undefined, false],
  ["tRUE", "tRUE", "tRUE"],
  ["yes", "yes", "yes"],
  ["Fraud", "Fraud", "Fraud"],
  [" fraud ", "fraud", " fraud "],
  ["none", "none", "none"],
  ["na", "na", "na"],
  ["Nancy", "Nancy", "Nancy"],
  ...MISSING_SPELLINGS.map((text): [string, undefined, null] => [text, undefined, null]),
  [" NaN ", undefined, null],
  ["  ", undefined, null],
];

it.each(TABLE)("reads %j the same way everywhere", (spelling, name, text, number, flag) => {
  expect(className(spelling)).toBe(name);
  expect(featureText(spelling)).toBe(text);
  expect(readNumber(spelling)).toBe(number);
  expect(readBoolean(spelling)).toBe(flag);
});

it("gives a class one spelling, whether it came as a number, a boolean or a text", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(5), (number, zeros) => {
      expect(className(`${number}.${"0".repeat(zeros)}`)).toBe(className(number));
      expect(className(String(number))).toBe(className(number));
    }),
  );
  expect(className("True")).toBe(className(true));
  expect([className(Number.NaN), className(null), className(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it("changes nothing the second time", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(canonicalText(canonicalText(text))).toBe(canonicalText(text));
      const name = className(text);
      if (name !== undefined) expect(className(name)).toBe(name);
    }),
  );
});

it("takes more spellings for a missing number than for a missing text, because a number has no name", () => {
  for (const text of ["none", "na", "NULL", "inf", "-Infinity", "1e999", "NaN", ""])
    expect(isMissingNumber(text)).toBe(true);
  for (const text of ["high", "0", "1,5", "007", "1e300"]) expect(isMissingNumber(text)).toBe(false);
});

it("says which classes differ in case only", () => {
  expect(differInCaseOnly("Fraud", "fraud")).toBe(true);
  expect(differInCaseOnly("fraud", "fraud")).toBe(false);
  expect(differInCaseOnly("fraud", "ok")).toBe(false);
});
