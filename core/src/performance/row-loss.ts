/** PROBABILITY_FLOOR keeps log loss finite: probabilities are clipped to [1e-15, 1 − 1e-15], as scikit-learn long did. */
export const PROBABILITY_FLOOR = 1e-15;

/**
 * logLossOf returns −ln of the probability given to what happened, clipped at 1e-15 (so at most 34.5). SQL:
 * `-log(greatest(1e-15, least(1 - 1e-15, if(label, score, 1 - score))))`. O(1).
 */
export function logLossOf(label: number, score: number): number {
  const clipped = Math.min(1 - PROBABILITY_FLOOR, Math.max(PROBABILITY_FLOOR, score));
  return label === 1 ? -Math.log(clipped) : -Math.log1p(-clipped);
}

/** brierOf returns the squared error of a probability. SQL: `pow(score - label, 2)`. O(1). */
export function brierOf(label: number, score: number): number {
  return (score - label) ** 2;
}

/** isProbability decides whether a score can be read as a probability: a number within [0, 1]. */
export function isProbability(score: number): boolean {
  return score >= 0 && score <= 1;
}
