import type { z } from "zod";
import { membersSchema } from "./members.ts";

/** optionalField accepts what `schema` accepts, or nothing: a member that is `null` is absent. */
export function optionalField<Schema extends z.ZodType>(schema: Schema) {
  return schema
    .nullable()
    .transform((value) => value ?? undefined)
    .optional();
}

/** optionalMembers accepts an object of at most `limit` named members, or nothing; members that are `null` are absent. */
export function optionalMembers<Value extends z.ZodType>(value: Value, limit: number) {
  const members = membersSchema(value.nullable(), limit).transform(
    (all) =>
      Object.fromEntries(Object.entries(all).filter(([, member]) => member !== null)) as Record<
        string,
        NonNullable<z.output<Value>>
      >,
  );
  return optionalField(members);
}
