/** FieldChange is one field that is to be different: absent where it is not there. */
export interface FieldChange {
  field: string;
  from?: unknown;
  to?: unknown;
}

/** fieldChanges returns the fields in which two declarations of one thing differ, and of `secrets` only that they do. O(fields). */
export function fieldChanges(
  before: { shown: Readonly<Record<string, unknown>>; stored: object } | undefined,
  after: { shown: Readonly<Record<string, unknown>>; stored: object },
  secrets: readonly string[],
): FieldChange[] {
  const names = [...new Set([...Object.keys(after.shown), ...Object.keys(before?.shown ?? {})])];
  const shown = names.flatMap((field): FieldChange[] => {
    const [from, to] = [before?.shown[field], after.shown[field]];
    return isSame(from, to) ? [] : [change(field, from, to)];
  });
  const hidden = secrets.flatMap((field): FieldChange[] => {
    const [from, to] = [fieldOf(before?.stored, field), fieldOf(after.stored, field)];
    if (isSame(from, to)) return [];
    return [change(field, from && "(secret)", to && (from === undefined ? "(secret)" : "(another secret)"))];
  });
  return [...shown, ...hidden];
}

/** isSame decides whether two values are equal; the order of an object's fields means nothing, and one that is undefined is not there. O(size). */
export function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    return one === other;
  }
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(fieldOf(one, name), fieldOf(other, name)));
}

function change(field: string, from: unknown, to: unknown): FieldChange {
  return { field, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function fieldOf(holder: object | undefined, name: string): unknown {
  return (holder as Record<string, unknown> | undefined)?.[name];
}
