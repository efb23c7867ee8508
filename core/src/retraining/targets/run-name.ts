const MOST = 63;

/** runName returns a name for the run of a retraining that every target takes: lower-case letters, digits and dashes, at most 63. O(length). */
export function runName(retrainingId: string): string {
  const name = retrainingId.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  // What tells ids apart is at their end.
  return `r${name.slice(1 - MOST)}`.replace(/-+$/, "");
}
