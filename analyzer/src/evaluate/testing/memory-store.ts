import type { FoldedVerdict } from "@leeway/core/evaluation";
import { verdictKey, windowKey } from "@leeway/core/incidents";
import type {
  EvaluationFilter,
  EvaluationProgress,
  Records,
  StoredVerdict,
  UnfoldedVerdict,
} from "@leeway/store";
import type { EvaluateDeps } from "../evaluate-model.ts";

/** LedgerStore is the part of the store that a pass writes to. */
export type LedgerStore = EvaluateDeps["store"];

// Small, so that one pass folds in many batches.
const UNFOLDED_AT_ONCE = 7;

/** createMemoryStore returns a store of records and verdicts that lives in memory and answers as the real one does, for tests that play many histories. */
export function createMemoryStore(): LedgerStore {
  const records = createMemoryRecords();
  return {
    records: records.byKind,
    evaluations: createMemoryEvaluations(),
    putRecordsTogether: async (_project, changes) => records.putTogether(changes),
  };
}

function createMemoryRecords() {
  const kinds = new Map<string, Map<string, string>>();
  const of = (kind: string) => {
    const bodies = kinds.get(kind) ?? new Map<string, string>();
    kinds.set(kind, bodies);
    return bodies;
  };
  const recordsOf = <Body>(kind: string): Records<Body> => {
    const parse = (body: string | undefined): Body => JSON.parse(body ?? "null") as Body;
    return {
      get: async (_project, id) => (of(kind).has(id) ? parse(of(kind).get(id)) : undefined),
      list: async () => [...of(kind)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, body]) => parse(body)),
      history: async () => [],
      latest: async () => Promise.reject(new Error("nothing here asks for revisions")),
      replace: async () => Promise.reject(new Error("nothing here asks for revisions")),
      put: async (_project, id, body) => void of(kind).set(id, JSON.stringify(body)),
      remove: async (_project, id) => void of(kind).delete(id),
    };
  };
  const byKind: LedgerStore["records"] = {
    apiKey: recordsOf("api_key"),
    channel: recordsOf("channel"),
    foldJournal: recordsOf("fold_journal"),
    incident: recordsOf("incident"),
    incidentAction: recordsOf("incident_action"),
    model: recordsOf("model"),
    monitor: recordsOf("monitor"),
    notification: recordsOf("notification"),
    reference: recordsOf("reference"),
    referenceChoice: recordsOf("reference_choice"),
    retraining: recordsOf("retraining"),
    session: recordsOf("session"),
    silence: recordsOf("silence"),
    user: recordsOf("user"),
    version: recordsOf("version"),
  };
  return {
    byKind,
    putTogether(changes: readonly { kind: string; id: string; body: unknown }[]) {
      for (const { kind, id, body } of changes) of(kind).set(id, JSON.stringify(body));
    },
  };
}

/** Row is a stored verdict with its keys, which are asked for often. */
interface Row {
  verdict: StoredVerdict;
  key: string;
  window: string;
  chain: string;
}

function createMemoryEvaluations(): LedgerStore["evaluations"] {
  const rows = new Map<string, Row>();
  const latest = new Map<string, Row>();
  const folded = new Map<string, FoldedVerdict>();
  // Without a record, and left alone because the schedule does not judge them.
  const open = new Map<string, Row>();
  const notDue = new Map<string, Row>();
  const newest = () => [...latest.values()].sort((a, b) => a.verdict.window_start - b.verdict.window_start);
  const matching = (filter: EvaluationFilter) =>
    newest()
      .map(({ verdict }) => verdict)
      .filter((verdict) => isMatch(verdict, filter));
  return {
    insert: async (_project, verdicts) => {
      for (const verdict of verdicts) {
        const row = rowOf(structuredClone(verdict));
        rows.set(row.key, row);
        if ((latest.get(row.window)?.verdict.revision ?? 0) <= verdict.revision) latest.set(row.window, row);
        if (!folded.has(row.key)) open.set(row.key, row);
      }
    },
    list: async (_project, filter) => matching(filter),
    outlines: async (_project, filter) =>
      matching(filter).map(({ detail: _detail, state: _state, ...verdict }) => ({
        ...verdict,
        judgedFeatures: 0,
        driftedFeatures: 0,
      })),
    drawn: () => Promise.reject(new Error("charts are not part of this world")),
    newest: () => Promise.reject(new Error("charts are not part of this world")),
    newestObjectives: () => Promise.reject(new Error("charts are not part of this world")),
    recent: () => Promise.reject(new Error("charts are not part of this world")),
    standings: async () => [],
    revisions: async () => [...rows.values()].map(({ verdict }) => verdict),
    progress: async () => progressOf(newest(), [...rows.values()]),
    unfolded: async (_project, { except = [], byHand }) => {
      const isOfSpan = ({ verdict: { window_start } }: Row) =>
        byHand !== undefined && window_start >= byHand.from && window_start < byHand.to;
      const found = [...open.values(), ...[...notDue.values()].filter(isOfSpan)]
        .map(({ verdict }) => verdict)
        .filter(({ monitor_id }) => !except.includes(monitor_id))
        .sort((a, b) => a.window_end - b.window_end);
      const last = found[UNFOLDED_AT_ONCE - 1]?.window_end ?? Number.POSITIVE_INFINITY;
      return found.filter(({ window_end }) => window_end <= last).map(toUnfolded);
    },
    insertFolded: async (_project, records) => {
      for (const record of records) {
        const key = verdictKey(record);
        const row = rows.get(key);
        folded.set(key, structuredClone(record));
        open.delete(key);
        notDue.delete(key);
        if (record.stopped === "not_due" && row !== undefined) notDue.set(key, row);
      }
    },
    folded: async () => [...folded.values()],
    async held() {
      const held = new Map<string, { alarms: number; lastAt: number }>();
      for (const { monitor_id, stopped, folded_at } of folded.values()) {
        if (stopped !== "burn_in") continue;
        const before = held.get(monitor_id) ?? { alarms: 0, lastAt: 0 };
        held.set(monitor_id, { alarms: before.alarms + 1, lastAt: Math.max(before.lastAt, folded_at) });
      }
      return held;
    },
  };
}

function isMatch(one: StoredVerdict, filter: EvaluationFilter): boolean {
  return (
    one.window_start >= filter.from &&
    one.window_start < filter.to &&
    (filter.kind ?? one.kind) === one.kind &&
    (filter.monitorId ?? one.monitor_id) === one.monitor_id &&
    (filter.version ?? one.version) === one.version &&
    (filter.environment ?? one.environment) === one.environment &&
    (filter.segment ?? one.segment) === one.segment &&
    (filter.windowMs ?? one.window_end - one.window_start) === one.window_end - one.window_start
  );
}

function rowOf(verdict: StoredVerdict): Row {
  const { monitor_id, version, environment, segment, window_start, window_end } = verdict;
  return {
    verdict,
    key: verdictKey(verdict),
    window: windowKey(verdict),
    chain: [monitor_id, version, environment, segment, window_end - window_start].join("\n"),
  };
}

function toUnfolded({
  detail: _detail,
  state: _state,
  blamed,
  confidence,
  harm,
  ...rest
}: StoredVerdict): UnfoldedVerdict {
  return {
    ...rest,
    blamed: [...(blamed ?? [])],
    ...(confidence === undefined ? {} : { confidence }),
    ...(harm === undefined ? {} : { harm }),
  };
}

function progressOf(newest: readonly Row[], all: readonly Row[]): EvaluationProgress[] {
  const chains = byChain(newest);
  const revisions = byChain(all);
  return [...chains].map(([chain, rows]) => {
    const windows = rows.map(({ verdict }) => verdict);
    const stored = (revisions.get(chain) ?? []).map(({ verdict }) => verdict);
    const { monitor_id, version, environment, segment, window_start, window_end } = windows[0]!;
    const startsOf = (outcome: string) =>
      windows.filter((one) => one.outcome === outcome).map((one) => one.window_start);
    return {
      ...{ monitorId: monitor_id, version, environment, segment, windowMs: window_end - window_start },
      judgedFrom: window_start,
      judgedUntil: windows.at(-1)!.window_end,
      gaps: windows
        .slice(1)
        .map((one, index) => ({ from: windows[index]!.window_end, to: one.window_start }))
        .filter(({ from, to }) => from < to),
      ...{ waiting: startsOf("immature"), failed: startsOf("error") },
      settledAt: Math.max(...stored.map(({ settled_at }) => settled_at ?? 0)),
      evaluatedAt: Math.max(...stored.map(({ evaluated_at }) => evaluated_at)),
    };
  });
}

function byChain(rows: readonly Row[]): Map<string, Row[]> {
  const chains = new Map<string, Row[]>();
  for (const row of rows) {
    const chain = chains.get(row.chain);
    if (chain === undefined) chains.set(row.chain, [row]);
    else chain.push(row);
  }
  return chains;
}
