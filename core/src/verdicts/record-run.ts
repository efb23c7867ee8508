// Once no more than this is left of a level, the windows that follow are news.
const FORGOTTEN = 0.1;

/**
 * recordRun returns how many windows in a row must lie beyond everything that `windows` earlier ones held (all above or all below) to be less probable
 * than `tail` where nothing changed. Where windows can be exchanged, k of them are the k highest of all with probability 1/C(windows + k, k), whatever their
 * distribution; where neighbours resemble each other (`correlation`, taken one standard error high) as many more as it takes until a tenth of a
 * level is left. At least one window, tail in (0, 1). O(result). Source: Wilks 1941, nonparametric tolerance limits.
 *
 * @example recordRun({ windows: 28, correlation: 0, tail: 1e-4 }); // 6: four beside 28, and two because 28 windows can't exclude a correlation of 0.19
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
  let run = 0;
  let probability = 2;
  while (probability > tail) {
    run++;
    probability *= run / (windows + run);
  }
  const high = Math.min(0.95, correlation + Math.sqrt((1 - correlation ** 2) / windows));
  return run + Math.ceil(Math.log(FORGOTTEN) / Math.log(high));
}
