import type { EmbeddedRow, SampledRow, WindowProfile } from "@leeway/core/profile";
import type { Reference } from "@leeway/core/records";
import { type Segment, segmentKey } from "@leeway/core/segment";
import { type Activity, computationTime } from "../activity/activity.ts";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { buildProfiles } from "./build-profiles.ts";
import { sampleEmbeddings } from "./embedding-samples.ts";
import { bucketLength, loadProfiles, type ProfileFilter } from "./load-profiles.ts";
import { withOwnValues } from "./own-values.ts";
import { workPortions } from "./portions.ts";
import { referenceRowSource } from "./reference-row-source.ts";
import { type SampleQuery, sampleRows } from "./row-samples.ts";
import { rangeOfVersion, type VersionScope } from "./row-source.ts";
import { uploadedProfiles } from "./uploaded-profiles.ts";
import { createWindowSources, type SourceQuery, type SourceWindow } from "./window-sources.ts";

/** ProfileScope says which roll-up: one version compared with one reference, for windows of `windowMs`, all traffic or a segment of it. */
export interface ProfileScope extends VersionScope {
  reference: Reference;
  windowMs: number;
  segment?: Segment | undefined;
}

/** Profiles are windows counted on a reference's own bins, summed from a roll-up of the raw predictions. */
export interface Profiles {
  /**
   * refresh recomputes the hours whose predictions changed since they were profiled (all of them, where the reference is new) and returns
   * their starts, oldest first. Only hours at or after `from` and before `until` (epoch milliseconds), where they are given.
   */
  refresh(project: string, scope: ProfileScope, span?: { from?: number; until?: number }): Promise<number[]>;
  /** recomputedHours returns the starts of the hours that were recomputed at or after `since` (real time). */
  recomputedHours(project: string, scope: ProfileScope, since: number): Promise<number[]>;
  /** windows returns the profiles of the windows in `[from, to)` that hold predictions, in order. */
  windows(project: string, filter: ProfileFilter): Promise<WindowProfile[]>;
  /** referenceWindows returns the reference's own windows, of all traffic or a segment: what its features do from window to window when all is well. */
  referenceWindows(
    project: string,
    reference: Reference,
    windowMs: number,
    segment?: Segment,
  ): Promise<WindowProfile[]>;
  /** sources returns a window's most frequent sources (values of tags) with profiles of some features: read from the raw rows, at most 100,000 of them. */
  sources(project: string, query: SourceQuery): Promise<SourceWindow[]>;
  /** sample returns a bounded sample of a version's rows in a span of time, of all traffic or a segment, always the same ones. */
  sample(
    project: string,
    scope: VersionScope,
    query: SampleQuery & { span: { from: number; to: number } },
  ): Promise<SampledRow[]>;
  /** embeddings returns the embeddings of such a sample. */
  embeddings(
    project: string,
    scope: VersionScope,
    query: SampleQuery & { span: { from: number; to: number } },
  ): Promise<EmbeddedRow[]>;
  /** referenceEmbeddings returns those of the rows that a reference was made of. */
  referenceEmbeddings(project: string, reference: Reference, query: SampleQuery): Promise<EmbeddedRow[]>;
  /** referenceSample returns a bounded sample of the rows that a reference was made of. */
  referenceSample(project: string, reference: Reference, query: SampleQuery): Promise<SampledRow[]>;
}

/** createProfiles returns the profiles kept in ClickHouse. */
export function createProfiles(client: ClickHouseClient, activity: Activity, now: () => number): Profiles {
  const profiles: Profiles = {
    async refresh(project, scope, { from = 0, until = Number.POSITIVE_INFINITY } = {}) {
      if (until <= 0) return [];
      const name = rollupName(scope);
      const all = await activity.dirtyHours(project, scope.model, name);
      const dirty = all.filter((hour) => isOf(scope, hour) && hour.hour >= from && hour.hour < until);
      const portions = await workPortions(
        client,
        project,
        scope,
        dirty.map(({ hour }) => hour),
      );
      const dirtyOf = new Map(dirty.map((hour) => [hour.hour, hour]));
      for (const hours of portions) {
        const done = hours.map((hour) => dirtyOf.get(hour)!);
        const computedAt = computationTime(now(), done);
        await buildProfiles(client, project, {
          ...scope,
          hours,
          bucketMs: bucketLength(scope.windowMs),
          segment: scope.segment ?? {},
          computedAt,
        });
        await activity.markComputed(project, scope.model, name, done, computedAt);
      }
      return dirty.map(({ hour }) => hour);
    },
    async recomputedHours(project, scope, since) {
      const hours = await activity.recomputedHours(project, scope.model, rollupName(scope), since);
      return hours.filter((hour) => isOf(scope, hour)).map(({ hour }) => hour);
    },
    windows: (project, filter) => loadProfiles(client, project, filter),
    sources: createWindowSources(client),
    sample: (project, scope, { span, segment, ...query }) =>
      sampleRows(client, rangeOfVersion(project, scope, span, segment ?? {}), query),
    embeddings: (project, scope, { span, segment, ...query }) =>
      sampleEmbeddings(client, rangeOfVersion(project, scope, span, segment ?? {}), query),
    referenceEmbeddings: (project, reference, query) =>
      sampleEmbeddings(client, referenceRowSource(project, reference, query.segment), query),
    referenceSample: (project, reference, query) =>
      sampleRows(client, referenceRowSource(project, reference, query.segment), query),
    async referenceWindows(project, reference, windowMs, segment = {}) {
      const compared = (windows: WindowProfile[]) =>
        withOwnValues(client, project, reference, windows, { windowMs, segment });
      if (reference.source === "upload")
        return compared(await uploadedProfiles(client, project, reference, windowMs, segment));
      const scope = {
        model: reference.model,
        version: reference.version,
        environment: reference.environment ?? "production",
        reference,
        windowMs,
        segment,
      };
      await profiles.refresh(project, scope, { from: reference.from - windowMs });
      return compared(
        await loadProfiles(client, project, { ...scope, from: reference.from, to: reference.to }),
      );
    },
  };
  return profiles;
}

// A new reference is a new roll-up: what was counted on the old one's bins stays with it, and all hours of the new one are to be computed.
function rollupName({ reference, windowMs, segment }: ProfileScope): string {
  return `profiles/${reference.id}/${bucketLength(windowMs)}/${segmentKey(segment)}`;
}

function isOf(scope: VersionScope, hour: { version: string; environment: string }): boolean {
  return hour.version === scope.version && hour.environment === scope.environment;
}
