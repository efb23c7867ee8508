import { normalQuantile, studentTQuantile } from "../statistics/index.ts";

/** DEFAULT_LEVEL is the confidence level of every interval unless the caller asks for another. */
export const DEFAULT_LEVEL = 0.95;

/** normalScale returns how many standard errors a two-sided interval of `level` reaches when the error is normal (1.95996 at 0.95). */
export function normalScale(level: number): number {
  return normalQuantile((1 + level) / 2);
}

/** studentScale returns the same under Student's t; degrees of freedom below 1 (few effective rows) count as 1, above 10⁴ as infinite. */
export function studentScale(level: number, degrees: number): number {
  return degrees > 1e4 ? normalScale(level) : studentTQuantile((1 + level) / 2, Math.max(1, degrees));
}
