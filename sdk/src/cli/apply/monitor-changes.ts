import { parseDuration } from "../replay/parse-duration.ts";

/** FieldChange is one field that is to be different: undefined where it is not there. */
export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

// What the server fills in by itself where a file says nothing.
const DEFAULTS: Readonly<Record<string, unknown>> = {
  environment: "production",
  minimum_count: 30,
  enabled: true,
  automatic: false,
};
const SERVER_FIELDS = new Set(["id", "created_at"]);

/** monitorChanges returns the fields in which a stored monitor differs from what a file declares; none where it is as declared. */
export function monitorChanges(
  stored: Readonly<Record<string, unknown>> | undefined,
  declared: Readonly<Record<string, unknown>>,
): FieldChange[] {
  const before = stored ?? {};
  const wanted = stored === undefined ? declared : wantedFields(declared);
  const fields = [...new Set([...Object.keys(wanted), ...Object.keys(before)])];
  return fields
    .filter((field) => !SERVER_FIELDS.has(field) && !isSame(before[field], wanted[field]))
    .map((field) => ({ field, from: before[field], to: wanted[field] }));
}

/** monitorPut returns what to send so that the monitor becomes what a file declares: what the file does not say is taken away, not left as it was. */
export function monitorPut(
  stored: Readonly<Record<string, unknown>> | undefined,
  declared: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (stored === undefined) return declared;
  const { automatic: _automatic, ...wanted } = wantedFields(declared);
  const gone = Object.keys(stored).filter((field) => !SERVER_FIELDS.has(field) && field !== "automatic");
  return { ...Object.fromEntries(gone.map((field) => [field, null])), ...wanted };
}

function wantedFields(declared: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...DEFAULTS, ...declared, automatic: false };
}

// A file says `1d` where the server has milliseconds; the order of an object's fields means nothing.
function isSame(stored: unknown, declared: unknown): boolean {
  if (typeof stored === "number" && typeof declared === "string") return parseDuration(declared) === stored;
  if (typeof stored !== "object" || typeof declared !== "object" || stored === null || declared === null) {
    return stored === declared;
  }
  const keys = new Set([...Object.keys(stored), ...Object.keys(declared)]);
  return [...keys].every((key) =>
    isSame((stored as Record<string, unknown>)[key], (declared as Record<string, unknown>)[key]),
  );
}
