import {
  type Evaluation,
  evaluationSchema,
  type FoldedVerdict,
  type Harm,
  verdictOutline,
} from "@leeway/core/evaluation";
import type { HeldAlarms } from "@leeway/core/monitors";
import type { BlamedFeature, MonitorKind } from "@leeway/core/records";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";
import {
  foldedVerdicts,
  heldAlarms,
  insertFolded,
  type UnfoldedVerdict,
  unfoldedVerdicts,
} from "./folded-verdicts.ts";
import { type DrawnVerdict, drawnRow, type EvaluationOutline, outlineRow } from "./outlines.ts";
import { type EvaluationProgress, evaluationProgress } from "./progress.ts";
import { type RecentSubject, recentVerdicts } from "./recent-verdicts.ts";
import { evaluationStandings, type ModelStanding } from "./standings.ts";
import { verdictColumns } from "./verdict-columns.ts";

/** Which verdicts are asked for; absent parts match everything. Times are epoch milliseconds of `window_start`, `to` excluded. */
export interface EvaluationFilter {
  model: string;
  kind?: MonitorKind;
  monitorId?: string;
  version?: string;
  environment?: string;
  segment?: string;
  from: number;
  to: number;
  /** Window length in milliseconds. */
  windowMs?: number;
}

/** StoredVerdict is a verdict with what is stored beside it for incidents and for the next pass. */
export interface StoredVerdict extends Evaluation {
  blamed?: readonly BlamedFeature[];
  confidence?: number | undefined;
  harm?: Harm | undefined;
  /** Real time up to which late rows and labels of the whole chain had been looked at; absent of a verdict asked for by hand. */
  settled_at?: number | undefined;
}

/** UnfoldedFilter is which verdicts of a model are to be folded. */
export interface UnfoldedFilter {
  model: string;
  /** Monitors that are off: their verdicts wait until they are on again. */
  except?: readonly string[];
  /** A span in which those verdicts count too that the schedule does not judge. */
  byHand?: { from: number; to: number } | undefined;
}

// So many at a time bound the memory of a pass that has months to fold.
const UNFOLDED_AT_ONCE = 1_000;
const FOLDED_AT_MOST = 10_000;

/** Verdicts: every revision is kept, reads give the latest. */
export interface Evaluations {
  insert(project: string, evaluations: readonly StoredVerdict[]): Promise<void>;
  /** The oldest verdicts of a model that were not folded into incidents yet. */
  unfolded(project: string, filter: UnfoldedFilter): Promise<UnfoldedVerdict[]>;
  /** Stores what became of verdicts; repeating it changes nothing. */
  insertFolded(project: string, folded: readonly FoldedVerdict[]): Promise<void>;
  /** What became of a model's verdicts (of one incident's alone), the newest where there are very many. */
  folded(project: string, filter: { model: string; incidentId?: string }): Promise<FoldedVerdict[]>;
  /** The alarms that burn-ins kept from people, by monitor, of one model or of all. */
  held(project: string, model?: string): Promise<Map<string, HeldAlarms>>;
  /** The latest revision of each matching window, in order of time. */
  list(project: string, filter: EvaluationFilter): Promise<Evaluation[]>;
  /** The same without the evidence: what pages of many models show. */
  outlines(project: string, filter: EvaluationFilter): Promise<EvaluationOutline[]>;
  /** The same with what charts draw of the evidence, of some kinds. */
  drawn(
    project: string,
    filter: Omit<EvaluationFilter, "kind"> & { kinds: readonly MonitorKind[] },
  ): Promise<DrawnVerdict[]>;
  /** The newest matching verdict with its evidence, undefined where there is none. */
  newest(project: string, filter: EvaluationFilter): Promise<Evaluation | undefined>;
  /** The newest latency objective of every chain of a project whose window starts at or after `from`, with its evidence: one statement, whatever the fleet. */
  newestObjectives(project: string, from: number): Promise<Evaluation[]>;
  /** Drift and performance of many versions, one of each model, on all traffic: what charts draw of performance, and of drift how many features drifted. One statement, whatever the fleet. */
  recent(project: string, subjects: readonly RecentSubject[]): Promise<DrawnVerdict[]>;
  /** All revisions of one window of one monitor, oldest first. */
  revisions(project: string, filter: EvaluationFilter): Promise<Evaluation[]>;
  /** How far each chain of a model's verdicts has come. */
  progress(project: string, model: string): Promise<EvaluationProgress[]>;
  /** Where each chain of verdicts stands, of one model or of all, by its newest window that starts at or after `from`. */
  standings(project: string, from: number, model?: string): Promise<ModelStanding[]>;
}

const evaluationRow = z
  .object({
    ...verdictColumns,
    detail: z.string(),
    state: z.string(),
  })
  .transform(({ cause, detail, state, ...row }) =>
    evaluationSchema.parse({
      ...row,
      ...(cause === null ? {} : { cause }),
      detail: JSON.parse(detail),
      state: JSON.parse(state),
    }),
  );

const OUTLINE_COLUMNS = `model, version, environment, monitor_id, kind, segment,
  toUnixTimestamp64Milli(window_start) AS window_start, toUnixTimestamp64Milli(window_end) AS window_end,
  revision, outcome, cause, reason, toUnixTimestamp64Milli(evaluated_at) AS evaluated_at`;
const COLUMNS = `${OUTLINE_COLUMNS}, detail, state`;

// Inside WHERE the aliases above would shadow the columns of the same name: hence the table's own.
const MATCHING = `FROM evaluations AS e
  WHERE e.project = {project:String} AND e.model = {model:String}
    AND ({kind:String} = '' OR e.kind = {kind:String})
    AND ({monitorId:String} = '' OR e.monitor_id = {monitorId:String})
    AND ({version:String} = '' OR e.version = {version:String})
    AND ({environment:String} = '' OR e.environment = {environment:String})
    AND ({segment:String} = '*' OR e.segment = {segment:String})
    AND e.window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND e.window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND ({windowMs:Int64} = 0 OR dateDiff('millisecond', e.window_start, e.window_end) = {windowMs:Int64})`;

type Parameters = Record<
  "project" | "model" | "kind" | "monitorId" | "version" | "environment" | "segment",
  string
> &
  Record<"from" | "to" | "windowMs", number>;

const latest = (columns: string) => `SELECT ${columns} ${MATCHING}
    ORDER BY e.window_start, e.window_end, e.kind, e.monitor_id, e.version, e.environment, e.segment, e.revision DESC, e.evaluated_at DESC
    LIMIT 1 BY e.window_start, e.window_end, e.kind, e.monitor_id, e.version, e.environment, e.segment`;

const latestEvaluations = defineQuery<Parameters, typeof evaluationRow>({
  name: "evaluations_latest",
  sql: latest(COLUMNS),
  row: evaluationRow,
});

const latestOutlines = defineQuery<Parameters, typeof outlineRow>({
  name: "evaluation_outlines",
  sql: latest(`${OUTLINE_COLUMNS}, judged_features, drifted_features`),
  row: outlineRow,
});

const drawnEvaluations = defineQuery<Parameters & { kinds: string[] }, typeof drawnRow>({
  name: "evaluations_drawn",
  sql: latest(`${OUTLINE_COLUMNS}, judged_features, drifted_features, outline`).replace(
    "({kind:String} = '' OR e.kind = {kind:String})",
    "e.kind IN {kinds:Array(String)}",
  ),
  row: drawnRow,
});

const newestEvaluation = defineQuery<Parameters, typeof evaluationRow>({
  name: "evaluation_newest",
  sql: `SELECT ${COLUMNS} ${MATCHING} ORDER BY e.window_start DESC, e.revision DESC, e.evaluated_at DESC LIMIT 1`,
  row: evaluationRow,
});

const newestObjectives = defineQuery<{ project: string; from: number }, typeof evaluationRow>({
  name: "objectives_newest",
  sql: `SELECT ${COLUMNS} FROM evaluations AS e
    WHERE e.project = {project:String} AND e.kind = 'latency_slo' AND e.window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    ORDER BY e.model, e.monitor_id, e.version, e.environment, e.segment, e.window_start DESC, e.revision DESC, e.evaluated_at DESC
    LIMIT 1 BY e.model, e.monitor_id, e.version, e.environment, e.segment`,
  row: evaluationRow,
});

const evaluationRevisions = defineQuery<Parameters, typeof evaluationRow>({
  name: "evaluation_revisions",
  sql: `SELECT ${COLUMNS} ${MATCHING} ORDER BY e.window_start, e.window_end, e.revision LIMIT 10000`,
  row: evaluationRow,
});

/** createEvaluations returns the verdicts kept in ClickHouse. */
export function createEvaluations(client: ClickHouseClient): Evaluations {
  const parametersOf = (project: string, filter: EvaluationFilter): Parameters => ({
    project,
    model: filter.model,
    kind: filter.kind ?? "",
    monitorId: filter.monitorId ?? "",
    version: filter.version ?? "",
    environment: filter.environment ?? "",
    segment: filter.segment ?? "*",
    from: filter.from,
    to: filter.to,
    windowMs: filter.windowMs ?? 0,
  });
  return {
    insert: (project, evaluations) =>
      insertRows(
        client,
        "evaluations",
        evaluations.map(({ settled_at, ...evaluation }) => ({
          ...evaluation,
          project,
          window_ms: evaluation.window_end - evaluation.window_start,
          blamed: JSON.stringify(evaluation.blamed ?? []),
          confidence: evaluation.confidence ?? null,
          harm: evaluation.harm === undefined ? "" : JSON.stringify(evaluation.harm),
          ...(settled_at === undefined ? {} : { settled_at: toDateTime64(settled_at) }),
          cause: evaluation.cause ?? null,
          window_start: toDateTime64(evaluation.window_start),
          window_end: toDateTime64(evaluation.window_end),
          evaluated_at: toDateTime64(evaluation.evaluated_at),
          detail: JSON.stringify(evaluation.detail),
          state: JSON.stringify(evaluation.state),
          outline: JSON.stringify(verdictOutline(evaluation)),
        })),
      ),
    list: (project, filter) => latestEvaluations(client, parametersOf(project, filter)),
    outlines: (project, filter) => latestOutlines(client, parametersOf(project, filter)),
    drawn: (project, { kinds, ...filter }) =>
      drawnEvaluations(client, { ...parametersOf(project, filter), kinds: [...kinds] }),
    async newest(project, filter) {
      const [newest] = await newestEvaluation(client, parametersOf(project, filter));
      return newest;
    },
    newestObjectives: (project, from) => newestObjectives(client, { project, from }),
    recent: (project, subjects) => recentVerdicts(client, project, subjects),
    revisions: (project, filter) => evaluationRevisions(client, parametersOf(project, filter)),
    standings: (project, from, model = "") => evaluationStandings(client, { project, model, from }),
    progress: (project, model) => evaluationProgress(client, { project, model }),
    unfolded: (project, { model, except = [], byHand: { from, to } = { from: 0, to: 0 } }) =>
      unfoldedVerdicts(client, {
        ...{ project, model, except: [...except] },
        ...{ from, to, limit: UNFOLDED_AT_ONCE },
      }),
    insertFolded: (project, folded) => insertFolded(client, project, folded),
    async held(project, model = "") {
      const rows = await heldAlarms(client, { project, model });
      return new Map(rows.map(({ monitor_id, alarms, last_at: lastAt }) => [monitor_id, { alarms, lastAt }]));
    },
    folded: (project, { model, incidentId = "" }) =>
      foldedVerdicts(client, { project, model, incident_id: incidentId, limit: FOLDED_AT_MOST }),
  };
}
