import { z } from "zod";
import { parseInput } from "./parse-input.ts";

/**
 * putSchema returns the body of a PUT over fields of `shape`: what is not named stays as it was, `null` takes a field away. Fields that the server
 * makes may stand in it, so that what was read can be sent back; they are left out.
 */
export function putSchema<Shape extends Record<string, z.ZodType>>(
  shape: Shape,
  serverFields: readonly string[],
) {
  const fields = Object.entries(shape).map(([name, schema]) => [name, schema.nullable().optional()] as const);
  const made = serverFields.map(
    (name) => [name, z.unknown().optional().describe("made by the server; left out")] as const,
  );
  return z
    .strictObject(Object.fromEntries<z.ZodType>([...fields, ...made]))
    .transform(
      (body): Record<string, unknown> =>
        Object.fromEntries(Object.entries(body).filter(([name]) => !serverFields.includes(name))),
    );
}

/** putInput returns what a record's fields are after a PUT: those of `stored` (of its `fields` only) with those of `body` over them, checked by `schema` as a whole. */
export function putInput<Schema extends z.ZodType>(
  schema: Schema,
  fields: readonly string[],
  stored: object | undefined,
  body: Readonly<Record<string, unknown>>,
): z.output<Schema> {
  const kept = Object.entries(stored ?? {}).filter(([name]) => fields.includes(name));
  const named = Object.entries({ ...Object.fromEntries(kept), ...body });
  // A field that is null is taken away; one that is undefined was never there.
  const whole = Object.fromEntries(named.filter(([, value]) => value !== null && value !== undefined));
  return parseInput(schema, whole, "body");
}
