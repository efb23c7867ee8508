import { z } from "zod";
import { causeSchema, severitySchema } from "../../records/index.ts";
import { type Target, targetOf, targetSchema } from "../../retraining/index.ts";
import { durationInput, lineSchema, nameSchema } from "../../wire/index.ts";
import { CREATED_JOB, STORED_BASE, VIEW_BASE } from "../channel-base.ts";
import { defineChannelKind } from "../channel-definition.ts";
import {
  EXAMPLE_RECEIVER,
  RECEIVER_FIELDS,
  RECEIVER_VIEW,
  STORED_RECEIVER,
  showReceiver,
} from "../signed-receiver.ts";

const kind = z.literal("retrain");
const causes = z.array(causeSchema.extract(["input_drift", "concept_drift"])).min(1);
const MOST_TOKEN = 16_384;
const fields = {
  ...RECEIVER_FIELDS,
  /** What the request is sent to; absent: a signed webhook. */
  target: targetSchema.optional(),
  /** What the target's API lets in: a token or a password. */
  token: lineSchema(MOST_TOKEN).min(1).optional(),
  models: z.array(nameSchema).max(1_000).optional(),
  causes,
  cool_down: z.union([durationInput, z.literal(0)]),
  least_confidence: z.number().min(0).max(1),
  least_severity: severitySchema,
  approval: z.boolean(),
  most_per_month: z.number().int().min(1).max(1_000).optional(),
  stop_after: z.number().int().min(1).max(100).optional(),
  time_limit: durationInput,
  auto_promote: z.boolean(),
  auto_archive: z.boolean(),
};
const DAY_MS = 86_400_000;
/** What a policy is where nothing is said of it. */
const defaults = {
  least_confidence: fields.least_confidence.default(0),
  least_severity: fields.least_severity.default("notice"),
  approval: fields.approval.default(false),
  auto_promote: fields.auto_promote.default(false),
  auto_archive: fields.auto_archive.default(false),
};

/** retrainChannel is a training job that starts when an incident has a cause that retraining mends. */
export const retrainChannel = defineChannelKind({
  kind: "retrain",
  label: "Retraining",
  schema: z.object({
    ...STORED_BASE,
    kind,
    ...STORED_RECEIVER,
    target: targetSchema.optional(),
    token: z.string().optional(),
    /** Models this trigger is for; absent: all. */
    models: z.array(z.string()).optional(),
    /** Causes that start a retraining. */
    causes,
    /** No second retraining of a model sooner than this, milliseconds of event time. */
    cool_down: z.number().int().min(0),
    ...defaults,
    most_per_month: fields.most_per_month,
    stop_after: fields.stop_after,
    /** A run that has not ended after so long, in milliseconds, is given up. */
    time_limit: z.number().int().positive().default(DAY_MS),
  }),
  fields,
  inputSchema: z
    .strictObject({
      ...{ ...CREATED_JOB, kind, ...fields, ...defaults },
      cool_down: fields.cool_down.default(0),
      time_limit: fields.time_limit.default(DAY_MS),
    })
    .refine(({ target, token }) => !needsToken(target) || token !== undefined, {
      path: ["token"],
      message: "this target lets nobody in without a token",
    }),
  viewSchema: z.object({
    ...VIEW_BASE,
    kind,
    ...RECEIVER_VIEW,
    target: targetSchema.optional(),
    has_token: z.boolean(),
    models: z.array(z.string()).optional(),
    causes: z.array(z.string()),
    cool_down: z.number(),
    least_confidence: z.number(),
    least_severity: severitySchema,
    approval: z.boolean(),
    most_per_month: z.number().optional(),
    stop_after: z.number().optional(),
    time_limit: z.number(),
    auto_promote: z.boolean(),
    auto_archive: z.boolean(),
  }),
  secrets: ["secret", "token"],
  isSigned: true,
  audience: "job",
  example: { ...EXAMPLE_RECEIVER, causes: ["concept_drift"], cool_down: 0 },
  show: (channel, isWhole) => ({
    ...channel,
    ...showReceiver(channel, isWhole),
    has_token: channel.token !== undefined,
  }),
  concerns: ({ models, causes: retrained }, { incident, hasNewCause }) =>
    (models === undefined || models.includes(incident.model)) &&
    retrained.some((cause) => cause === incident.cause) &&
    hasNewCause,
});

function needsToken(target: Target | undefined): boolean {
  return target !== undefined && targetOf(target.kind).needsToken;
}
