import { MOST_CORRELATED } from "./slow-levels.ts";

/**
 * recordRun returns how many windows in a row must lie beyond everything that `windows` earlier ones held (all above or all below) to be less probable
 * than `tail` where nothing changed; never more than `windows`: a state that lasts as long as all that is known is worth telling. Where windows can be exchanged, k of
 * them are the k highest of all with probability 1/C(windows + k, k), whatever their distribution: one after the other by k/(windows + k). Where neighbours
 * resemble each other (`correlation`, here taken one standard error high) a level that is out stays out by its own inertia too, which adds a share φ² of what is
 * missing to 1; in a simulated first-order autoregression that is a third of the truth to four times as much (7 to 52 windows, φ up to 0.9). At least one window, tail
 * in (0, 1). O(windows). Source: Wilks 1941, nonparametric tolerance limits.
 *
 * @example recordRun({ windows: 28, correlation: 0, tail: 1e-4 }); // 5
 */
export function recordRun({
  windows,
  correlation,
  tail,
}: {
  windows: number;
  correlation: number;
  tail: number;
}): number {
  const standardError = Math.sqrt((1 - correlation ** 2) / windows);
  const inertia = Math.min(MOST_CORRELATED, correlation + standardError) ** 2;
  let run = 1;
  let probability = 2 / (windows + 1);
  while (probability > tail && run < windows) {
    run++;
    probability *= 1 - (1 - inertia) * (windows / (windows + run));
  }
  return run;
}
