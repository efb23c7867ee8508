import type { DropPolicy } from "../buffer/ring.ts";
import type { CompressionMode } from "../delivery/compress.ts";
import type { Problem } from "./problem.ts";

/** LeewayOptions configure a client; only the first four are needed. */
export interface LeewayOptions {
  /** url of the ingest service, such as `http://localhost:4700`. */
  readonly url: string;
  readonly apiKey: string;
  readonly model: string;
  readonly version: string;
  /** environment: `production` (the server's default), `staging` or `shadow`. */
  readonly environment?: "production" | "staging" | "shadow";
  /** batchSize: events in one request at most. Default 500. */
  readonly batchSize?: number;
  /** maxBatchBytes: bytes in one request at most, before compression. Default 2 MiB. */
  readonly maxBatchBytes?: number;
  /** flushIntervalMs: how long an event waits for company at most. Default 1000. */
  readonly flushIntervalMs?: number;
  /** bufferCapacity: events of each kind held in memory at most. Default 20 000. */
  readonly bufferCapacity?: number;
  /** maxBufferBytes: memory for buffered events of each kind, reckoned from the average size of those sent. Default 64 MiB. */
  readonly maxBufferBytes?: number;
  /** dropPolicy when a buffer is full: `drop_oldest` (default) keeps the fresh ones. Every drop is counted. */
  readonly dropPolicy?: DropPolicy;
  /** sampleRate: share of predictions (and their labels) to send, in (0, 1]. Weights go with them. Default 1. */
  readonly sampleRate?: number;
  /** compression of request bodies. Default `auto`: gzip unless the server is on this machine. */
  readonly compression?: CompressionMode;
  /** requestTimeoutMs: how long one request may take. Default 10 000. */
  readonly requestTimeoutMs?: number;
  /** concurrency: requests on their way at most. Default 4. */
  readonly concurrency?: number;
  /** telemetryIntervalMs: how often drops are reported to the server, when there are any. Default 15 000. */
  readonly telemetryIntervalMs?: number;
  /** replica names this instance of the service. Default host name and process id. */
  readonly replica?: string;
  /** onError learns of every kind of problem; by default each kind is printed once. It may throw: that is ignored. */
  readonly onError?: (problem: Problem) => void;
  /**
   * spoolDir: a folder in which batches are kept on disk until the server has them. Processes may share it; those with keys
   * of different projects may not, since each delivers what a dead one left.
   */
  readonly spoolDir?: string;
  /** spoolMaxBytes: disk space for the spool. Default 256 MiB. */
  readonly spoolMaxBytes?: number;
  /** spoolSync: `batch` (default) flushes each batch to the disk; `never` survives the process, not a power cut. */
  readonly spoolSync?: "batch" | "never";
  /** flushOnExit: when the host has nothing left to do, wait up to two seconds for what is buffered. Default true. */
  readonly flushOnExit?: boolean;
}

/** ClientSettings are the options with every default filled in. */
export type ClientSettings = Required<
  Omit<LeewayOptions, "environment" | "onError" | "spoolDir" | "replica">
> & {
  readonly environment: string | undefined;
  readonly spoolDir: string | undefined;
};

/** SettingsOutcome is the settings to use and what was wrong with the options. */
export interface SettingsOutcome {
  readonly settings: ClientSettings;
  /** isUsable is false when nothing could ever be sent: the client then stays silent. */
  readonly isUsable: boolean;
  readonly problems: readonly string[];
}

const NUMBERS = {
  batchSize: { fallback: 500, least: 1, most: 5_000 },
  maxBatchBytes: { fallback: 2 * 1024 * 1024, least: 1_024, most: 64 * 1024 * 1024 },
  flushIntervalMs: { fallback: 1_000, least: 1, most: 3_600_000 },
  bufferCapacity: { fallback: 20_000, least: 1, most: 10_000_000 },
  maxBufferBytes: { fallback: 64 * 1024 * 1024, least: 1_024, most: Number.MAX_SAFE_INTEGER },
  sampleRate: { fallback: 1, least: 1e-6, most: 1 },
  requestTimeoutMs: { fallback: 10_000, least: 1, most: 600_000 },
  concurrency: { fallback: 4, least: 1, most: 16 },
  telemetryIntervalMs: { fallback: 15_000, least: 100, most: 3_600_000 },
  spoolMaxBytes: { fallback: 256 * 1024 * 1024, least: 4_096, most: Number.MAX_SAFE_INTEGER },
} as const;

/**
 * readSettings returns the settings of a client. A number out of range is put right and reported; without an address, key,
 * model or version nothing can be sent, and the client is to stay silent rather than throw into the host.
 */
export function readSettings(options: LeewayOptions): SettingsOutcome {
  const given: Partial<LeewayOptions> = typeof options === "object" && options !== null ? options : {};
  const problems: string[] = [];
  const text = (name: "url" | "apiKey" | "model" | "version"): string => {
    const value = given[name];
    if (typeof value === "string" && value !== "") return value;
    problems.push(`${name} is missing`);
    return "";
  };
  const required = {
    apiKey: text("apiKey"),
    model: text("model"),
    version: text("version"),
    url: text("url"),
  };
  if (required.url !== "" && !/^https?:$/.test(protocolOf(required.url)))
    problems.push("url is not an http(s) address");
  const isUsable = problems.length === 0;
  const number = (name: keyof typeof NUMBERS): number => {
    const { fallback, least, most } = NUMBERS[name];
    const value = given[name];
    if (value === undefined) return fallback;
    if (typeof value === "number" && value >= least && value <= most) return value;
    const used =
      typeof value === "number" && value > most
        ? most
        : typeof value === "number" && value < least
          ? least
          : fallback;
    problems.push(`${name} ${String(value)} is not between ${least} and ${most}: using ${used}`);
    return used;
  };
  return {
    isUsable,
    problems,
    settings: {
      ...required,
      url: required.url.replace(/\/+$/, ""),
      environment: given.environment,
      spoolDir: isUsable ? given.spoolDir : undefined,
      batchSize: number("batchSize"),
      maxBatchBytes: number("maxBatchBytes"),
      flushIntervalMs: number("flushIntervalMs"),
      bufferCapacity: number("bufferCapacity"),
      maxBufferBytes: number("maxBufferBytes"),
      dropPolicy: given.dropPolicy === "drop_newest" ? "drop_newest" : "drop_oldest",
      sampleRate: number("sampleRate"),
      compression: given.compression ?? "auto",
      requestTimeoutMs: number("requestTimeoutMs"),
      concurrency: number("concurrency"),
      telemetryIntervalMs: number("telemetryIntervalMs"),
      spoolMaxBytes: number("spoolMaxBytes"),
      spoolSync: given.spoolSync === "never" ? "never" : "batch",
      flushOnExit: given.flushOnExit !== false,
    },
  };
}

function protocolOf(url: string): string {
  try {
    return new URL(url).protocol;
  } catch {
    return "";
  }
}
