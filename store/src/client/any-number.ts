import { z } from "zod";

const NAMES = {
  inf: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
  nan: Number.NaN,
  "-nan": Number.NaN,
} as const;

/** anyNumber reads a number that may be none that JSON has: sums of values near 1e308 are infinite, and their differences NaN. */
export const anyNumber = z.union([
  z.number(),
  z.enum(["inf", "-inf", "nan", "-nan"]).transform((name): number => NAMES[name]),
]);
