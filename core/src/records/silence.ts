import { z } from "zod";
import { environmentSchema } from "../wire/index.ts";
import { causeSchema, severitySchema } from "./incident.ts";

/** weekdaySchema names a day of the week in a silence's rhythm. */
export const weekdaySchema = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);

/** rhythmSchema is a time of day on some days of the week, by the wall clock of a time zone. A `to` at or before `from` is of the next day. */
export const rhythmSchema = z.object({
  days: z.array(weekdaySchema).min(1).max(7),
  /** `HH:MM` of 24 hours. */
  from: z.string(),
  to: z.string(),
  /** A name of the IANA database, such as `Europe/Berlin`. */
  time_zone: z.string(),
});

/**
 * silenceSchema keeps matching incidents from notifying people (they still open and resolve) until it ends. A field that is absent matches everything;
 * `*` in a model, feature or owner stands for any characters. With `recurs` it is in force only in those hours between its start and its end.
 */
export const silenceSchema = z.object({
  id: z.string(),
  model: z.string().optional(),
  version: z.string().optional(),
  environment: environmentSchema.optional(),
  cause: causeSchema.optional(),
  severity: severitySchema.optional(),
  /** Matches where each of the incident's features does. */
  feature: z.string().optional(),
  /** Who owns the model, as its settings have it; `*` stands for any characters. */
  owner: z.string().optional(),
  recurs: rhythmSchema.optional(),
  starts_at: z.number(),
  ends_at: z.number(),
  comment: z.string().min(1).max(2_048),
  created_by: z.string(),
});

export type Weekday = z.infer<typeof weekdaySchema>;
export type Rhythm = z.infer<typeof rhythmSchema>;
export type Silence = z.infer<typeof silenceSchema>;
