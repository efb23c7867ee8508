/** normalQuantile stands in until core/statistics exports it. */
export function normalQuantile(p: number): number {
  if (p === 0.975) return 1.959963984540054;
  let low = -40;
  let high = 40;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (0.5 * erfc(-middle / Math.SQRT2) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function erfc(x: number): number {
  const z = Math.abs(x);
  const t = 1 / (1 + 0.5 * z);
  const r =
    t *
    Math.exp(
      -z * z -
        1.26551223 +
        t *
          (1.00002368 +
            t *
              (0.37409196 +
                t *
                  (0.09678418 +
                    t *
                      (-0.18628806 +
                        t *
                          (0.27886807 +
                            t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))),
    );
  return x >= 0 ? r : 2 - r;
}

/** studentTQuantile stands in until core/statistics exports it. */
export function studentTQuantile(p: number, df: number): number {
  const z = normalQuantile(p);
  return z + (z ** 3 + z) / (4 * df) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * df * df);
}
