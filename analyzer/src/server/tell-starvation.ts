/** STARVED_MS is for how long a model may wait for its pass before it is reported. */
export const STARVED_MS = 600_000;

/** createTellStarvation returns a function that returns what to report of models that wait too long for their pass, at most once in ten minutes; undefined where none does, or it was just told. */
export function createTellStarvation(): (
  lagMs: ReadonlyMap<string, number>,
  now: number,
) => string | undefined {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (lagMs, now) => {
    const starved = [...lagMs].filter(([, lag]) => lag >= STARVED_MS).sort((a, b) => b[1] - a[1]);
    const [worst] = starved;
    if (worst === undefined || now - toldAt < STARVED_MS) return undefined;
    toldAt = now;
    const [model, lag] = worst;
    const many = starved.length === 1 ? "1 model waits" : `${starved.length} models wait`;
    return `${many} for a pass for ${STARVED_MS / 60_000} minutes or more, ${model} for ${Math.round(lag / 60_000)}. The analyzer has too little CPU, or passes keep failing.`;
  };
}
