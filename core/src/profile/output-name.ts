/**
 * outputName returns the name of the model's own output among its features: `prediction`, unless a feature has that name; then the feature keeps
 * it and the output is `prediction (output)`. O(features).
 *
 * @example outputName(["age", "prediction"]); // "prediction (output)"
 */
export function outputName(features: Iterable<string>): string {
  const taken = new Set(features);
  let name = "prediction";
  while (taken.has(name)) name += " (output)";
  return name;
}
