import { channelSchema } from "@leeway/core/channels";
import { foldJournalSchema } from "@leeway/core/evaluation";
import {
  apiKeySchema,
  incidentActionSchema,
  incidentSchema,
  modelSchema,
  monitorSchema,
  notificationSchema,
  referenceChoiceSchema,
  referenceSchema,
  retrainingSchema,
  sessionSchema,
  silenceSchema,
  userSchema,
  versionSchema,
} from "@leeway/core/records";
import { createActivity } from "./activity/activity.ts";
import { createChangeEvents } from "./change-events/change-events.ts";
import { newestChanges } from "./changes/newest-changes.ts";
import { type ClickHouseOptions, createClickHouse } from "./client/clickhouse.ts";
import { syncTables } from "./client/sync-tables.ts";
import { createDeliveries } from "./deliveries/deliveries.ts";
import { createEvaluations } from "./evaluations/evaluations.ts";
import { createLabels } from "./labels/labels.ts";
import { migrate } from "./migrations/migrate.ts";
import { ofProject } from "./of-project.ts";
import { createTornParts } from "./parts/torn-parts.ts";
import { createPerformance } from "./performance/performance.ts";
import { createProfiles } from "./profiles/profiles.ts";
import { createAuditLog } from "./records/audit.ts";
import { putRecordsTogether, type RecordChange } from "./records/put-together.ts";
import { createRecordCounts } from "./records/record-counts.ts";
import { createRecordLog } from "./records/record-log.ts";
import { createRecords } from "./records/records.ts";
import { createReferences } from "./references/references.ts";
import { createServing } from "./serving/serving.ts";
import { readStorage } from "./system/read-storage.ts";
import { createTelemetryReads } from "./telemetry/telemetry.ts";
import { createEvidence } from "./writes/evidence/read-evidence.ts";

const PING_PATIENCE_MS = 5_000;

/** What a store is made from; the database is `leeway` unless named. */
export interface StoreOptions extends Omit<ClickHouseOptions, "database"> {
  database?: string;
  now: () => number;
  /** Learns of stored records that do not parse, once each. */
  onDefect?: (message: string) => void;
}

/** Store is everything Leeway keeps, grouped by noun; the only way to ClickHouse. */
export type Store = ReturnType<typeof createStore>;

/** createStore returns the store at `options.url`. Nothing is sent before the first call. */
export function createStore(options: StoreOptions) {
  const { now, onDefect = () => undefined } = options;
  const clickhouse: ClickHouseOptions = { ...options, database: options.database ?? "leeway" };
  const client = createClickHouse(clickhouse);
  const activity = createActivity(client, now);
  const counts = createRecordCounts(client);
  const telemetry = createTelemetryReads(client);
  return {
    /** The underlying client, for the parts of this package that are made from it. */
    client,
    /** ping decides whether ClickHouse answers within five seconds. */
    async ping(): Promise<boolean> {
      // An engine that is frozen, or behind a connection that has fallen silent, would be waited for as long as for a long query.
      const abort_signal = AbortSignal.timeout(PING_PATIENCE_MS);
      return (await client.ping({ select: false, abort_signal })).success;
    },
    close: () => client.close(),
    migrate: () => migrate(clickhouse, now),
    syncTables: (sync: "on" | "off") => syncTables(client, sync),
    activity,
    deliveries: createDeliveries(client),
    evaluations: createEvaluations(client),
    evidence: createEvidence(client, telemetry),
    labels: createLabels(client, now),
    performance: createPerformance(client, now),
    profiles: createProfiles(client, activity, now),
    references: createReferences(client, now),
    serving: createServing(client, activity, now),
    telemetry,
    /** forProject returns what is known of one project: the nouns of the store, each bound to it. */
    forProject(project: string) {
      return ofProject(this, project);
    },
    audit: createAuditLog(client),
    /** newestChanges returns when records, verdicts and traffic of a project changed last. */
    async newestChanges(project: string) {
      const [newest] = await newestChanges(client, { project });
      return newest ?? { recorded: 0, judged: 0, received: 0 };
    },
    changeEvents: createChangeEvents(client, now),
    recordLog: createRecordLog(client, counts),
    tornParts: createTornParts(client),
    /** storage returns the database's version, what its tables take, and what is left on its disk. */
    storage: () => readStorage(client),
    /** putRecordsTogether writes records of any kinds in one insert: all or nothing. */
    putRecordsTogether: (project: string, changes: readonly RecordChange[], actor: string) =>
      putRecordsTogether(client, project, changes, actor, now()),
    records: {
      apiKey: createRecords(client, "api_key", apiKeySchema, now, counts, onDefect),
      channel: createRecords(client, "channel", channelSchema, now, counts, onDefect),
      foldJournal: createRecords(client, "fold_journal", foldJournalSchema, now, counts, onDefect),
      incident: createRecords(client, "incident", incidentSchema, now, counts, onDefect),
      incidentAction: createRecords(client, "incident_action", incidentActionSchema, now, counts, onDefect),
      model: createRecords(client, "model", modelSchema, now, counts, onDefect),
      monitor: createRecords(client, "monitor", monitorSchema, now, counts, onDefect),
      notification: createRecords(client, "notification", notificationSchema, now, counts, onDefect),
      reference: createRecords(client, "reference", referenceSchema, now, counts, onDefect),
      retraining: createRecords(client, "retraining", retrainingSchema, now, counts, onDefect),
      session: createRecords(client, "session", sessionSchema, now, counts, onDefect),
      silence: createRecords(client, "silence", silenceSchema, now, counts, onDefect),
      user: createRecords(client, "user", userSchema, now, counts, onDefect),
      version: createRecords(client, "version", versionSchema, now, counts, onDefect),
      referenceChoice: createRecords(
        client,
        "reference_choice",
        referenceChoiceSchema,
        now,
        counts,
        onDefect,
      ),
    },
  };
}
