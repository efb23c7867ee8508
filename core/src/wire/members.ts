import { z } from "zod";
import { nameSchema } from "./scalars.ts";

/** membersSchema accepts an object of at most `limit` named members of one kind; the limit is part of its JSON Schema. */
export function membersSchema<Value extends z.ZodType>(value: Value, limit: number) {
  return z
    .record(nameSchema, value)
    .refine((members) => Object.keys(members).length <= limit, `at most ${limit} members`)
    .meta({ maxProperties: limit });
}
