const REFERENCE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** MissingReference is a field that refers to a variable which the environment does not have. */
export interface MissingReference {
  readonly field: string;
  readonly name: string;
}

/** fillReferences returns a value in which every text that is a reference (`${NAME}`) is replaced by what the environment holds, and the references it does not know. O(size). */
export function fillReferences(
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
): { filled: unknown; missing: MissingReference[] } {
  const missing: MissingReference[] = [];
  const fill = (one: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(one)) return one.map((member, at) => fill(member, [...path, String(at)]));
    if (typeof one === "object" && one !== null) {
      const members = Object.entries(one).map(([name, member]) => [name, fill(member, [...path, name])]);
      return Object.fromEntries(members);
    }
    const name = typeof one === "string" ? REFERENCE.exec(one)?.[1] : undefined;
    if (name === undefined) return one;
    const found = env[name];
    // A variable that is empty was forgotten, too.
    if (found === undefined || found === "") missing.push({ field: path.join("."), name });
    return found;
  };
  return { filled: fill(value, []), missing };
}
