import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanNumber } from "./scan-number.ts";

const into = new Float64Array(1);

function scanned(text: string): { value: number; size: number } | undefined {
  const end = scanNumber(Buffer.from(`[${text},`), 1, into, 0);
  return end === -1 ? undefined : { value: into[0] as number, size: end - 1 };
}

describe("scanning a number", () => {
  it.each([
    ..."0 -0 1 -1 0.5 -0.0 1e5 1E+5 1e-5 0e5 1e400 -1e400 1e-400 5e-324 2.2250738585072014e-308".split(" "),
    ..."0.30000000000000004 9007199254740993 9007199254740992.5 123456789012345678 1234567890123456789".split(
      " ",
    ),
    ..."1e22 1e23 8.5e-7 0.0000012345678901234567 123456789.987654321 0.000000000000000000000000001".split(
      " ",
    ),
  ])("reads %s as JSON.parse does", (text) => {
    expect(scanned(text)).toEqual({ value: JSON.parse(text), size: text.length });
  });

  it.each(["-", ".5", "-.5", "1.", "1.e5", "1e", "1e+", "+1", "a", ""])("takes no number from %j", (text) => {
    expect(scanned(text)).toBeUndefined();
  });

  it("ends before what is no part of a JSON number", () => {
    expect(scanned("01")).toEqual({ value: 0, size: 1 });
    expect(scanned("1.5.5")).toEqual({ value: 1.5, size: 3 });
  });

  it("rounds every double's own text, any decimal and every half way between two doubles as JSON.parse does", () => {
    const check = (text: string) => {
      if (!Object.is(scanned(text)?.value, JSON.parse(text))) throw new Error(text);
    };
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => check(`${value}`)),
      {
        numRuns: 2_000,
      },
    );
    const digits = fc.stringMatching(/^[1-9][0-9]{0,20}$/);
    fc.assert(
      fc.property(
        digits,
        fc.stringMatching(/^[0-9]{1,20}$/),
        fc.integer({ min: -30, max: 30 }),
        (a, b, e) => {
          check(`${a}.${b}`);
          check(`0.${b}${a}`);
          check(`${a}.${b}e${e}`);
        },
      ),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(
        fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n }),
        fc.integer({ min: 1, max: 9 }),
        (m, k) => {
          const text = ((m * 2n + 1n) * 5n ** BigInt(k)).toString();
          check(`${text.slice(0, -k)}.${text.slice(-k)}`);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
