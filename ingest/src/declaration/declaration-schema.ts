import { channelDeclarationSchema } from "@leeway/core/channels";
import { silenceInputSchema } from "@leeway/core/silences";
import { identifierSchema, nameSchema } from "@leeway/core/wire";
import { z } from "zod";
import { modelInputSchema } from "../routes/models/model-input.ts";
import { monitorInputSchema } from "../routes/monitors/monitor-input.ts";

/** DECLARED_SECTIONS are the sections of a declaration, in the order in which a plan shows them. */
export const DECLARED_SECTIONS = ["models", "channels", "monitors", "silences"] as const;

export type DeclaredSection = (typeof DECLARED_SECTIONS)[number];

const sections = (takesReferences: boolean) => ({
  models: z
    .record(nameSchema, modelInputSchema)
    .describe("settings of a model, its latency objective included, by its name"),
  channels: z
    .record(identifierSchema, channelDeclarationSchema(takesReferences))
    .describe("where notifications go, and retraining policies, by the channel's id"),
  monitors: z
    .record(identifierSchema, monitorInputSchema)
    .describe("rules over windows, by the monitor's id"),
  silences: z
    .record(identifierSchema, silenceInputSchema)
    .describe("when what notifies nobody, by the silence's id"),
});

/** declarationSchema is what `leeway apply` sends: everything that files declare, each by its id. A section that is absent is left as it is. */
export const declarationSchema = z.strictObject(sections(false)).partial();

/** declarationFileSchema is the same as it stands in a file, where a secret may be a reference to the environment. */
export const declarationFileSchema = z.strictObject(sections(true)).partial();

export type Declaration = z.output<typeof declarationSchema>;
