/** scoreKey returns the SQL of a score's key in core's ScoreHistogram: the score, or its grid point where `is_snapped`. */
export function scoreKey(score: string): string {
  return `if(is_snapped, pow(sin((least(1023, floor(asin(sqrt(${score})) * 2 / pi() * 1024)) + 0.5) / 1024 * pi() / 2), 2), ${score})`;
}
