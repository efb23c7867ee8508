import { LeewayError } from "@leeway/core/errors";
import { headlineHealth, healthStateSchema, modelHealthSchema } from "@leeway/core/health";
import { usefulShare, usefulShareSchema } from "@leeway/core/incidents";
import {
  type Incident,
  incidentStateSchema,
  type Model,
  type Version,
  versionSchema,
} from "@leeway/core/records";
import { environmentSchema, nameSchema } from "@leeway/core/wire";
import type { EnvironmentHealth, VersionActivity } from "@leeway/store";
import { z } from "zod";

const versionOverviewSchema = versionSchema.partial({ created_at: true }).extend({
  environments: z.array(
    z.object({
      environment: environmentSchema,
      first_seen: z.number(),
      last_seen: z.number(),
      last_received_at: z.number(),
      /** Predictions long before the rest: they are kept and decide nothing. */
      earlier: z
        .object({ predictions: z.number(), first_seen: z.number(), last_seen: z.number() })
        .optional(),
    }),
  ),
});

/** modelOverviewSchema is a model in `GET /v1/models`. Times are epoch milliseconds. */
export const modelOverviewSchema = z.object({
  model: nameSchema,
  task: z.string().nullable(),
  configured: z.boolean(),
  description: z.string().optional(),
  owner: z.string().optional(),
  feeds: z.array(z.string()).optional(),
  positive_class: z.string().optional(),
  label_delay: z.number().optional(),
  window: z.number().optional(),
  /** In production, or where it serves nobody there, in the environment that does worst. */
  health: healthStateSchema,
  health_since: z.number().nullable(),
  health_reason: z.string(),
  /** The same of each environment, with all that is to be said of it. */
  environments: z.array(modelHealthSchema.extend({ environment: environmentSchema })),
  /** Newest event time of any prediction; null where none came. */
  last_seen: z.number().nullable(),
  open_incidents: z.array(z.object({ id: z.string(), title: z.string(), state: incidentStateSchema })),
  /** How many of its alarms people marked, and how many of those were useful. */
  useful_alarms: usefulShareSchema,
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
  health: readonly EnvironmentHealth[];
}

/** modelOverviews returns every model that was configured or seen, by name, with its health, versions and open incidents. */
export function modelOverviews(facts: ModelFacts): ModelOverview[] {
  const names = new Set(facts.health.map(({ model }) => model));
  return [...names].sort().map((name) => overviewOf(name, facts));
}

function overviewOf(name: string, facts: ModelFacts): ModelOverview {
  const model = facts.models.find((one) => one.model === name);
  const activity = facts.activity.filter((one) => one.model === name);
  const incidents = facts.incidents.filter((one) => one.model === name);
  const open = incidents.filter(({ state }) => state !== "resolved");
  const { configured = false, task = null, created_at: _createdAt, ...settings } = model ?? {};
  return {
    ...pick(settings),
    model: name,
    task,
    configured,
    ...healthOf(name, facts.health),
    last_seen: activity.length === 0 ? null : Math.max(...activity.map((one) => one.lastTimestamp)),
    open_incidents: open.map(({ id, title, state }) => ({ id, title, state })),
    useful_alarms: usefulShare(incidents),
    versions: versionsOf(name, facts, activity),
  };
}

function pick(
  settings: Partial<Model>,
): Partial<
  Pick<ModelOverview, "description" | "owner" | "feeds" | "positive_class" | "label_delay" | "window">
> {
  const { description, owner, feeds, positive_class, label_delay, window } = settings;
  return {
    ...(description === undefined ? {} : { description }),
    ...(owner === undefined ? {} : { owner }),
    ...(feeds === undefined ? {} : { feeds }),
    ...(positive_class === undefined ? {} : { positive_class }),
    ...(label_delay === undefined ? {} : { label_delay }),
    ...(window === undefined ? {} : { window }),
  };
}

function healthOf(
  name: string,
  health: readonly EnvironmentHealth[],
): Pick<ModelOverview, "health" | "health_since" | "health_reason" | "environments"> {
  const environments = health
    .filter(({ model }) => model === name)
    .map(({ model: _model, environment, ...rest }) => ({
      environment: environmentSchema.parse(environment),
      ...rest,
    }));
  const headline = headlineHealth(environments);
  if (headline === undefined) throw new LeewayError("internal", `the health of ${name} was not decided`);
  const { state, since, sentence } = headline;
  return { health: state, health_since: since, health_reason: sentence, environments };
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
        ...(one.earlier === undefined ? {} : { earlier: earlierOf(one.earlier) }),
      })),
  }));
}

function earlierOf({ rows, first, last }: NonNullable<VersionActivity["earlier"]>) {
  return { predictions: rows, first_seen: first, last_seen: last };
}
