import { z } from "zod";
import { causeSchema, rhythmSchema, type Silence, severitySchema } from "../records/index.ts";
import {
  environmentSchema,
  lineSchema,
  nameSchema,
  paragraphsSchema,
  timestampSchema,
} from "../wire/index.ts";
import { isTimeZone } from "./wall-clock.ts";

const clockSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected a time of day from 00:00 to 23:59, such as 02:30");

/** rhythmInput is some hours of the week, by the wall clock of a zone that exists. */
export const rhythmInput = z.strictObject({
  days: rhythmSchema.shape.days.refine((days) => new Set(days).size === days.length, "names a day twice"),
  from: clockSchema,
  to: clockSchema,
  time_zone: nameSchema.refine(isTimeZone, "expected a time zone such as Europe/Berlin or UTC"),
});

/** silenceMatcherInput is which incidents somebody wants quiet, and in which hours. */
export const silenceMatcherInput = z.strictObject({
  model: nameSchema.optional(),
  version: nameSchema.optional(),
  environment: environmentSchema.optional(),
  cause: causeSchema.optional(),
  severity: severitySchema.optional(),
  feature: nameSchema.optional(),
  owner: lineSchema(256).min(1).optional(),
  recurs: rhythmInput.optional(),
});

/** silenceInputSchema is a silence as a person asks for it. Without `starts_at` it begins now; a recurring one without `ends_at` ends after a year. */
export const silenceInputSchema = silenceMatcherInput.safeExtend({
  starts_at: timestampSchema.optional(),
  ends_at: timestampSchema.optional(),
  comment: paragraphsSchema(2_048).min(1),
});

export type SilenceInput = z.output<typeof silenceInputSchema>;

const YEAR_MS = 365 * 86_400_000;

/** silenceOf returns the silence that `input` asks for, or what is wrong with its times. */
export function silenceOf(
  input: SilenceInput,
  { id, actor, now }: { id: string; actor: string; now: number },
): { outcome: "made"; silence: Silence } | { outcome: "refused"; path: string; message: string } {
  const { starts_at = now, ends_at = input.recurs && starts_at + YEAR_MS } = input;
  if (ends_at === undefined)
    return { outcome: "refused", path: "ends_at", message: "is missing: say when the silence ends" };
  if (ends_at <= starts_at)
    return { outcome: "refused", path: "ends_at", message: "must be after starts_at" };
  if (ends_at <= now) return { outcome: "refused", path: "ends_at", message: "must be in the future" };
  return { outcome: "made", silence: { ...input, id, starts_at, ends_at, created_by: actor } };
}
