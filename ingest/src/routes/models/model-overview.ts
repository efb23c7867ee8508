import {
  type Incident,
  incidentStateSchema,
  type Model,
  type Version,
  versionSchema,
} from "@leeway/core/records";
import { environmentSchema, nameSchema } from "@leeway/core/wire";
import type { VersionActivity } from "@leeway/store";
import { z } from "zod";

/** healthSchema is a model's health in one word: what stands in its incidents first, and never healthy without data. */
export const healthSchema = z.enum(["failing", "acknowledged", "pending", "no_data", "no_open_incident"]);

const versionOverviewSchema = versionSchema.partial({ created_at: true }).extend({
  environments: z.array(
    z.object({
      environment: environmentSchema,
      first_seen: z.number(),
      last_seen: z.number(),
      last_received_at: z.number(),
    }),
  ),
});

/** modelOverviewSchema is a model in `GET /v1/models`. Times are epoch milliseconds. */
export const modelOverviewSchema = z.object({
  model: nameSchema,
  task: z.string().nullable(),
  configured: z.boolean(),
  description: z.string().optional(),
  positive_class: z.string().optional(),
  label_delay: z.number().optional(),
  window: z.number().optional(),
  health: healthSchema,
  /** Newest event time of any prediction; null where none came. */
  last_seen: z.number().nullable(),
  open_incidents: z.array(z.object({ id: z.string(), title: z.string(), state: incidentStateSchema })),
  versions: z.array(versionOverviewSchema),
});

export type ModelOverview = z.infer<typeof modelOverviewSchema>;

/** ModelFacts is what an overview of models is put together from. */
export interface ModelFacts {
  models: readonly Model[];
  versions: readonly Version[];
  activity: readonly VersionActivity[];
  /** With what people did folded in. */
  incidents: readonly Incident[];
}

/** modelOverviews returns every model that was configured or seen, by name, with its versions and open incidents. */
export function modelOverviews(facts: ModelFacts): ModelOverview[] {
  const names = new Set([...facts.models, ...facts.activity].map(({ model }) => model));
  return [...names].sort().map((name) => overviewOf(name, facts));
}

function overviewOf(name: string, facts: ModelFacts): ModelOverview {
  const model = facts.models.find((one) => one.model === name);
  const activity = facts.activity.filter((one) => one.model === name);
  const open = facts.incidents.filter((one) => one.model === name && one.state !== "resolved");
  const { configured = false, task = null, created_at: _createdAt, ...settings } = model ?? {};
  return {
    ...pick(settings),
    model: name,
    task,
    configured,
    health: healthOf(open, activity.length > 0),
    last_seen: activity.length === 0 ? null : Math.max(...activity.map((one) => one.lastTimestamp)),
    open_incidents: open.map(({ id, title, state }) => ({ id, title, state })),
    versions: versionsOf(name, facts, activity),
  };
}

function pick(
  settings: Partial<Model>,
): Partial<Pick<ModelOverview, "description" | "positive_class" | "label_delay" | "window">> {
  const { description, positive_class, label_delay, window } = settings;
  return {
    ...(description === undefined ? {} : { description }),
    ...(positive_class === undefined ? {} : { positive_class }),
    ...(label_delay === undefined ? {} : { label_delay }),
    ...(window === undefined ? {} : { window }),
  };
}

function healthOf(open: readonly Incident[], hasData: boolean): ModelOverview["health"] {
  if (open.some(({ state }) => state === "firing")) return "failing";
  if (open.some(({ state }) => state === "acknowledged")) return "acknowledged";
  if (open.some(({ state }) => state === "pending")) return "pending";
  return hasData ? "no_open_incident" : "no_data";
}

function versionsOf(
  model: string,
  facts: ModelFacts,
  activity: readonly VersionActivity[],
): ModelOverview["versions"] {
  const known = facts.versions.filter((one) => one.model === model);
  const names = new Set([...known, ...activity].map(({ version }) => version));
  return [...names].sort().map((version) => ({
    ...(known.find((one) => one.version === version) ?? { model, version }),
    environments: activity
      .filter((one) => one.version === version)
      .map((one) => ({
        environment: environmentSchema.parse(one.environment),
        first_seen: one.firstTimestamp,
        last_seen: one.lastTimestamp,
        last_received_at: one.lastReceivedAt,
      })),
  }));
}
