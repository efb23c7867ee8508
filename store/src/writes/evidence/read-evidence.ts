import type { FeatureKind } from "@leeway/core/evidence";
import { z } from "zod";
import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { defineQuery } from "../../client/define-query.ts";
import type { TelemetryReads } from "../../telemetry/telemetry.ts";
import { UNKNOWN_MEMBER } from "./refused-events.ts";

/** RefusalCount is how many events of a model were refused for one reason, when last (to the minute), and one example. */
export interface RefusalCount {
  kind: string;
  code: string;
  events: number;
  lastAt: number;
  example: string;
}

/** UnknownCount is how many events had a member that their schema does not know, and when last (to the minute); an empty name stands for several. */
export interface UnknownCount {
  kind: string;
  name: string;
  events: number;
  lastAt: number;
}

/** DroppedCount is how many events of a kind the SDK of one process gave up before they were sent, as it last said. */
export interface DroppedCount {
  replica: string;
  kind: string;
  events: number;
  at: number;
}

/** RefusedModel is how many events that named a model (or `""`: none) were not taken, or lost a member, and when last (to the minute). */
export interface RefusedModel {
  model: string;
  refused: number;
  unknown: number;
  lastAt: number;
}

/** Evidence reads what is known of the quality of the data that came. */
export interface Evidence {
  /** featureKinds returns every kind of value of every feature of a model, of one version where given. */
  featureKinds(project: string, model: string, version?: string): Promise<FeatureKind[]>;
  /** refusedModels returns which models had events refused, or members left out, since a moment (epoch milliseconds); the model `""` stands for events that named none. */
  refusedModels(project: string, since: number): Promise<RefusedModel[]>;
  /** newestRefusals returns what of any model was refused since a moment (epoch milliseconds), newest first. */
  newestRefusals(project: string, since: number): Promise<(RefusalCount & { model: string })[]>;
  /** refusals returns what was refused since a moment (epoch milliseconds), most first; the model `""` stands for events that named none. */
  refusals(project: string, model: string, since: number): Promise<RefusalCount[]>;
  /** unknownMembers returns which members of events were left out since a moment (epoch milliseconds), because no schema knows them, most first. */
  unknownMembers(project: string, model: string, since: number): Promise<UnknownCount[]>;
  /** drops returns what SDKs reported to have dropped in `[from, to)` (epoch milliseconds), of one version where given. */
  drops(
    project: string,
    scope: { model: string; version?: string | undefined; from: number; to: number },
  ): Promise<DroppedCount[]>;
}

const kindRow = z
  .object({
    version: z.string(),
    feature: z.string(),
    kind: z.string(),
    first: z.coerce.number(),
    last: z.coerce.number(),
  })
  .transform(({ first, last, ...row }) => ({ ...row, firstSeen: first, lastSeen: last }));

const featureKinds = defineQuery<Record<"project" | "model" | "version", string>, typeof kindRow>({
  name: "feature_kinds",
  sql: `SELECT version, feature, kind,
          toUnixTimestamp64Milli(min(first_seen)) AS first, toUnixTimestamp64Milli(max(last_seen)) AS last
        FROM feature_types
        WHERE project = {project:String} AND model = {model:String} AND ({version:String} = '' OR version = {version:String})
        GROUP BY version, feature, kind ORDER BY feature, version, kind LIMIT 50000`,
  row: kindRow,
});

const refusedModelRow = z
  .object({
    model: z.string(),
    refused: z.coerce.number(),
    unknown: z.coerce.number(),
    last: z.coerce.number(),
  })
  .transform(({ last, ...row }): RefusedModel => ({ ...row, lastAt: last }));

const refusedModels = defineQuery<{ project: string; since: number }, typeof refusedModelRow>({
  name: "refused_models",
  sql: `SELECT model, sumIf(events, NOT startsWith(code, '${UNKNOWN_MEMBER}')) AS refused,
          sumIf(events, startsWith(code, '${UNKNOWN_MEMBER}')) AS unknown, toUnixTimestamp(max(minute)) * 1000 AS last
        FROM refused_events
        WHERE project = {project:String} AND minute >= toDateTime(intDiv({since:Int64}, 1000), 'UTC')
        GROUP BY model ORDER BY refused DESC, model LIMIT 10000`,
  row: refusedModelRow,
});

const refusalRow = z
  .object({
    kind: z.string(),
    code: z.string(),
    total: z.coerce.number(),
    last: z.coerce.number(),
    sample: z.string(),
  })
  .transform(({ kind, code, total, last, sample }) => ({
    kind,
    code,
    events: total,
    lastAt: last,
    example: sample,
  }));

const refusals = defineQuery<{ project: string; model: string; since: number }, typeof refusalRow>({
  name: "refused_events",
  sql: `SELECT kind, code, sum(events) AS total, toUnixTimestamp(max(minute)) * 1000 AS last, argMax(example, minute) AS sample
        FROM refused_events
        WHERE project = {project:String} AND model = {model:String} AND minute >= toDateTime(intDiv({since:Int64}, 1000), 'UTC')
          AND NOT startsWith(code, '${UNKNOWN_MEMBER}')
        GROUP BY kind, code ORDER BY total DESC`,
  row: refusalRow,
});

const namedRefusalRow = z
  .object({
    model: z.string(),
    kind: z.string(),
    code: z.string(),
    total: z.coerce.number(),
    last: z.coerce.number(),
    sample: z.string(),
  })
  .transform(({ total, last, sample, ...row }) => ({ ...row, events: total, lastAt: last, example: sample }));

const newestRefusals = defineQuery<{ project: string; since: number }, typeof namedRefusalRow>({
  name: "newest_refusals",
  sql: `SELECT model, kind, code, sum(events) AS total, toUnixTimestamp(max(minute)) * 1000 AS last, argMax(example, minute) AS sample
        FROM refused_events
        WHERE project = {project:String} AND minute >= toDateTime(intDiv({since:Int64}, 1000), 'UTC')
          AND NOT startsWith(code, '${UNKNOWN_MEMBER}')
        GROUP BY model, kind, code ORDER BY last DESC, total DESC LIMIT 10`,
  row: namedRefusalRow,
});

const unknownRow = z
  .object({ kind: z.string(), name: z.string(), total: z.coerce.number(), last: z.coerce.number() })
  .transform(({ total, last, ...row }) => ({ ...row, events: total, lastAt: last }));

const unknownMembers = defineQuery<{ project: string; model: string; since: number }, typeof unknownRow>({
  name: "unknown_members",
  sql: `SELECT kind, substring(code, ${UNKNOWN_MEMBER.length + 1}) AS name, sum(events) AS total,
          toUnixTimestamp(max(minute)) * 1000 AS last
        FROM refused_events
        WHERE project = {project:String} AND model = {model:String} AND minute >= toDateTime(intDiv({since:Int64}, 1000), 'UTC')
          AND startsWith(code, '${UNKNOWN_MEMBER}')
        GROUP BY kind, code ORDER BY total DESC, name LIMIT 200`,
  row: unknownRow,
});

/** createEvidence returns the evidence kept in ClickHouse. */
export function createEvidence(client: ClickHouseClient, telemetry: TelemetryReads): Evidence {
  return {
    featureKinds: (project, model, version = "") => featureKinds(client, { project, model, version }),
    refusedModels: (project, since) => refusedModels(client, { project, since }),
    newestRefusals: (project, since) => newestRefusals(client, { project, since }),
    refusals: (project, model, since) => refusals(client, { project, model, since }),
    unknownMembers: (project, model, since) => unknownMembers(client, { project, model, since }),
    async drops(project, { version, ...scope }) {
      const metrics = ["leeway_sdk_dropped_events"];
      const named = version === undefined ? {} : { version };
      const counters = await telemetry.latest(project, { metrics, ...scope, ...named });
      return counters.map(({ replica, attributes, value, at }) => ({
        replica,
        kind: attributes["kind"] ?? "events",
        events: value,
        at,
      }));
    },
  };
}
