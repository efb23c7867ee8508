/** MONITOR_FIELD_NAMES are the fields of a monitor in a file, and of what lies in them, as the server knows them. */
export const MONITOR_FIELD_NAMES: Readonly<Record<string, readonly string[]>> = {
  "": [
    ...["model", "kind", "version", "environment", "window", "segment", "features", "thresholds"],
    ...["objective", "minimum_count", "channels", "severity", "enabled"],
    ...["hold_firing", "hold_resolved", "damping"],
  ],
  thresholds: ["psi", "text_shift", "embedding_mmd", "joint_auc", "metric", "minimum", "maximum"],
  objective: ["threshold_ms", "target", "period"],
};

/** unknownFields returns the fields of a declared monitor that there are none of, each with the nearest that there is. */
export function unknownFields(body: Readonly<Record<string, unknown>>): { path: string; message: string }[] {
  return Object.entries(MONITOR_FIELD_NAMES).flatMap(([holder, known]) => {
    const fields = holder === "" ? body : body[holder];
    if (typeof fields !== "object" || fields === null || Array.isArray(fields)) return [];
    const prefix = holder === "" ? "" : `${holder}.`;
    return Object.keys(fields)
      .filter((name) => !known.includes(name))
      .map((name) => ({ path: prefix + name, message: `unknown field${hint(name, known)}` }));
  });
}

function hint(name: string, known: readonly string[]): string {
  const nearest = known
    .map((candidate) => ({ candidate, letters: sharedPairs(name, candidate) }))
    .sort((a, b) => b.letters - a.letters)[0];
  return nearest !== undefined && nearest.letters >= 0.4 ? `; did you mean ${nearest.candidate}?` : "";
}

// Dice's coefficient over the letters and pairs of letters of two names: misspellings of a name have most of them in common with it.
function sharedPairs(a: string, b: string): number {
  const [first, second] = [pairsOf(a), pairsOf(b)];
  const shared = first.filter((pair) => second.includes(pair)).length;
  return (2 * shared) / (first.length + second.length);
}

function pairsOf(name: string): string[] {
  const letters = name
    .slice(0, 64)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
  return [
    ...letters,
    ...Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2)),
  ];
}
