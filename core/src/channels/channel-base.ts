import { z } from "zod";
import { lineSchema } from "../wire/index.ts";
import { DUTY_FIELDS, STORED_DUTY } from "./duty.ts";
import { subscriptionSchema } from "./subscription.ts";

/** STORED_BASE is what every channel holds, of whatever kind. */
export const STORED_BASE = {
  id: z.string(),
  name: z.string().min(1).max(128),
  enabled: z.boolean(),
  created_at: z.number(),
  /** Why Leeway switched it off itself; gone as soon as a person changes the channel. */
  disabled_reason: z.string().optional(),
  /** Which incidents it takes; absent: all. */
  subscribes: subscriptionSchema.optional(),
  ...STORED_DUTY,
};

const INPUT_JOB = {
  name: lineSchema(128).min(1),
  enabled: z.boolean(),
  subscribes: subscriptionSchema.optional(),
};

/** INPUT_BASE is what a person says of a channel to people. */
export const INPUT_BASE = { ...INPUT_JOB, ...DUTY_FIELDS };

/** CREATED_BASE is what a person says of a new channel; it is on unless switched off. */
export const CREATED_BASE = { ...INPUT_BASE, enabled: INPUT_BASE.enabled.default(true) };

/** CREATED_JOB is the same of a job, which has no duty: nobody acknowledges there, and it sleeps at no hour. */
export const CREATED_JOB = { ...INPUT_JOB, enabled: CREATED_BASE.enabled };

/** VIEW_BASE is what the API shows of every channel. */
export const VIEW_BASE = {
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  created_at: z.number(),
  disabled_reason: z.string().optional(),
  subscribes: subscriptionSchema.optional(),
  ...STORED_DUTY,
};
