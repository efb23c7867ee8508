import { z } from "zod";

/** orDefault accepts what `schema` accepts, and `fallback` for what is absent or `null`, which in proto3's JSON are the same. */
export function orDefault<Schema extends z.ZodType>(schema: Schema, fallback: z.output<Schema>) {
  return schema.nullish().transform((value): z.output<Schema> => value ?? fallback);
}

/** absentOr accepts what `schema` accepts, or nothing. */
export function absentOr<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value): z.output<Schema> | undefined => value ?? undefined);
}

/** protoWhole reads an integer of up to 64 bits: as a number, or as text, which loses no digits. */
export const protoWhole = z
  .union([z.string().regex(/^-?\d{1,20}$/, "expected a whole number"), z.number()])
  .transform(Number)
  .refine(
    (value) => Number.isInteger(value) && Math.abs(value) <= 2 ** 64,
    "expected a whole number of 64 bits",
  );

/** protoDecimal reads a double: as a number, or as text, where it may also be NaN or infinite. */
export const protoDecimal = z.union([
  z.number(),
  z.enum(["NaN", "Infinity", "-Infinity"]).transform(Number),
  z
    .string()
    .regex(/^-?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,4})?$/, "expected a number")
    .transform(Number),
]);

/** protoNanos reads a time in nanoseconds since 1970 as epoch milliseconds, exactly: a double has too few digits for it. */
export const protoNanos = z
  .union([z.string().regex(/^\d{1,20}$/, "expected nanoseconds since 1970"), z.number().min(0)])
  .transform((nanos) => Number(BigInt(typeof nanos === "number" ? Math.trunc(nanos) : nanos) / 1_000_000n));

/** protoEnum reads a value of an enumeration by its number or its name. */
export function protoEnum(names: Readonly<Record<string, number>>) {
  return z.union([z.number().int(), z.enum(Object.keys(names)).transform((name) => names[name] as number)]);
}
