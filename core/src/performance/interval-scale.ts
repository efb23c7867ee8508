import { normalQuantile, studentTQuantile } from "./quantile-stand-in.ts";

/** DEFAULT_LEVEL is the confidence level of every interval unless the caller asks for another. */
export const DEFAULT_LEVEL = 0.95;

/** normalScale returns how many standard errors a two-sided interval of `level` reaches when the error is normal (1.95996 at 0.95). */
export function normalScale(level: number): number {
  return normalQuantile((1 + level) / 2);
}

/** studentScale returns the same under Student's t with `degrees` (>= 1) degrees of freedom. */
export function studentScale(level: number, degrees: number): number {
  return degrees > 1e6 ? normalScale(level) : studentTQuantile((1 + level) / 2, degrees);
}
