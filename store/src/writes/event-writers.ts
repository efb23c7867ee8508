import { findLeewayError } from "@leeway/core/errors";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { insertRows } from "../client/insert-rows.ts";
import { BatchBlock } from "./batches/batch-block.ts";
import { BatchLedger } from "./batches/batch-ledger.ts";
import { findBatch } from "./batches/find-batch.ts";
import { FeatureSightings } from "./evidence/feature-sightings.ts";
import { RefusedEvents } from "./evidence/refused-events.ts";
import { createEvidenceSaver } from "./evidence/save-evidence.ts";
import { type Block, GroupWriter, type SerialisedBlock } from "./groups/group-writer.ts";
import { KeyIndex } from "./keys/key-index.ts";
import { KEY_SOURCES, loadKeys } from "./keys/load-keys.ts";
import { createLabelKind } from "./labels/create-label-kind.ts";
import { LabelBlock } from "./labels/label-block.ts";
import { insertNative } from "./native/insert-native.ts";
import { createPredictionKind } from "./predictions/create-prediction-kind.ts";
import { PredictionBlock } from "./predictions/prediction-block.ts";
import { learnFromReplicas } from "./replicas/learn-from-replicas.ts";
import { retryInsert } from "./retry-insert.ts";
import { createTelemetryKind } from "./telemetry/create-telemetry-kind.ts";
import { TelemetryBlock } from "./telemetry/telemetry-block.ts";
import { BatchWriter, type EventKind } from "./writers/batch-writer.ts";

export interface EventWritersOptions {
  now: () => number;
  /** Returns a text that no other process or call ever gets. */
  newId: () => string;
  /** Learns of every insert into the store: for metrics, and to know at once when the store is away. */
  onInsert?: (insert: { table: string; rows: number; bytes: number; ms: number; error?: unknown }) => void;
  /** Hears that the store did not answer what was asked of it about events. */
  onAway?: () => void;
  /** Whether no other process writes events. */
  isAlone: () => boolean;
  /** Keys the index may hold per kind of event; about five bytes each. */
  indexedKeys?: number;
  maxRowsPerInsert?: number;
  maxInserts?: number;
  lingerMs?: number;
}

const DEFAULTS = { indexedKeys: 32_000_000, maxRowsPerInsert: 20_000, maxInserts: 2, lingerMs: 60 };
const MAX_BYTES_PER_INSERT = 32 * 1024 * 1024;
const ENOUGH_ROWS = 5_000;
const RECENT_KEYS = 1 << 18;

/** EventWriters is the write side of the store for the events of `POST /v1/predictions`, `/v1/labels` and `/v1/telemetry`. */
export type EventWriters = ReturnType<typeof createEventWriters>;

/** createEventWriters returns writers that commit in groups and count every event once. Call `load` before the first write. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a factory: what it returns shares the state above it
export function createEventWriters(client: ClickHouseClient, options: EventWritersOptions) {
  const settings = { ...DEFAULTS, ...options };
  const sightings = new FeatureSightings();

  function createLane<B extends Block, E>(
    table: "predictions" | "labels" | "telemetry" | "batches",
    createBlock: () => B,
    kind: EventKind<B, E> | undefined,
  ) {
    const index = new KeyIndex({
      recentKeys: kind === undefined ? 16 : RECENT_KEYS,
      filterKeys: settings.indexedKeys,
    });
    const writer = new GroupWriter<B>({
      createBlock,
      insert: (block) => timedInsert(table, block),
      onFailed: (serial) => index.release(serial),
      maxRows: settings.maxRowsPerInsert,
      maxBytes: MAX_BYTES_PER_INSERT,
      maxInFlight: settings.maxInserts,
      enoughRows: ENOUGH_ROWS,
      // Records of batches come gathered already, and their senders wait for the events beside them.
      lingerMs: kind === undefined ? 0 : settings.lingerMs,
      now: settings.now,
    });
    return { table, index, writer };
  }

  async function timedInsert(table: string, block: SerialisedBlock): Promise<void> {
    const startedAt = settings.now();
    const report = (error?: unknown) =>
      settings.onInsert?.({
        table,
        rows: block.rows,
        bytes: block.body.length,
        ms: settings.now() - startedAt,
        ...(error === undefined ? {} : { error }),
      });
    try {
      await retryInsert(() => insertNative(client, table, block), settings.now);
      report();
    } catch (error) {
      report(error);
      throw error;
    }
  }

  async function asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (findLeewayError(error, "store_unavailable") !== undefined) settings.onAway?.();
      throw error;
    }
  }
  const watched = <B extends Block, E>(kind: EventKind<B, E>): EventKind<B, E> => ({
    ...kind,
    existing: (events) => asked(kind.existing(events)),
  });

  const refused = new RefusedEvents();
  const noteRefused = (kind: string) => (project: string, model: string, code: string, message: string) =>
    refused.note({ project, model, kind, code, example: message }, settings.now());
  const predictionKind = watched(createPredictionKind(client, noteRefused("predictions"), settings.now));
  const labelKind = watched(createLabelKind(client, settings.now));
  const telemetryKind = watched(createTelemetryKind(client));
  const predictions = createLane("predictions", () => new PredictionBlock(sightings), predictionKind);
  const labels = createLane("labels", () => new LabelBlock(), labelKind);
  const telemetry = createLane("telemetry", () => new TelemetryBlock(), telemetryKind);
  const batches = createLane("batches", () => new BatchBlock(), undefined);
  const lanes = [predictions, labels, telemetry, batches];

  const commitRecords = createDeferral(() => batches.writer.commit());
  const ledger = new BatchLedger({
    index: batches.index,
    isAlone: settings.isAlone,
    find: ({ project, kind, batchId }) => asked(findBatch(client, project, kind, batchId)),
    async record(record) {
      const group = batches.writer.open();
      group.block.append(record);
      // All batches of a group of events ask in the same turn: their records go out as one group, too.
      commitRecords.soon();
      await group.done;
    },
  });

  return {
    beginPredictions: () => new BatchWriter(predictions.writer, predictions.index, predictionKind),
    beginLabels: () => new BatchWriter(labels.writer, labels.index, labelKind),
    beginTelemetry: () => new BatchWriter(telemetry.writer, telemetry.index, telemetryKind),
    ledger,
    /** noteRefused counts an event that was refused before it reached a writer. */
    noteRefused: (kind: string, project: string, model: string, code: string, message: string) =>
      noteRefused(kind)(project, model, code, message),
    /** noteUnknown counts members that an event had and its schema does not know, by their names. */
    noteUnknown(kind: string, project: string, model: string, names: readonly string[]): void {
      for (const name of names) refused.noteUnknown({ project, model, kind, name }, settings.now());
    },
    /** saveEvidence stores what was learned of features and refusals since the last call; what fails is stored by the next one. */
    saveEvidence: createEvidenceSaver({
      ...{ sightings, refused, newId: settings.newId },
      insert: (table, rows, token) => insertRows(client, table, rows, token),
    }),
    /** load fills the key indexes from the database; returns how many keys each holds. */
    async load(): Promise<Record<string, number>> {
      const counts: Record<string, number> = {};
      for (const { table, index } of lanes) {
        counts[table] = await loadKeys(client, KEY_SOURCES[table], index, settings.indexedKeys);
      }
      const carried = await loadKeys(client, KEY_SOURCES.carriedBatches, batches.index, settings.indexedKeys);
      counts["batches"] = (counts["batches"] ?? 0) + carried;
      return counts;
    },
    /** learn takes in what was stored since a moment (epoch milliseconds) by other processes, and notes the predictions that this one took beside them as conflicts. */
    learn: (since: number) =>
      learnFromReplicas(client, {
        since,
        predictions: predictions.index,
        batches: batches.index,
        onConflict: ({ project, model, id }) =>
          noteRefused("predictions")(project, model, "conflict", rivalMessage(id)),
      }),
    /** Bytes that wait for durability. */
    pendingBytes: () => lanes.reduce((sum, { writer }) => sum + writer.pendingBytes, 0),
    keyCounts: () => Object.fromEntries(lanes.map(({ table, index }) => [table, index.keys])),
    /** idle resolves once everything taken so far is settled. */
    async idle(): Promise<void> {
      await Promise.all([predictions, labels, telemetry].map(({ writer }) => writer.idle()));
      await batches.writer.idle();
    },
  };
}

function rivalMessage(id: string): string {
  return `id: two replicas took ${id} at once with different payloads; the first one stands`;
}

// Calls `act` once the current turn of the event loop is over, however often it is asked for in that turn.
function createDeferral(act: () => void): { soon(): void } {
  let isDue = false;
  return {
    soon() {
      if (isDue) return;
      isDue = true;
      setImmediate(() => {
        isDue = false;
        act();
      });
    },
  };
}
