import { LeewayError } from "@leeway/core/errors";
import { z } from "zod";

const MIB = 1024 * 1024;

const size = (fallback: number) => z.coerce.number().int().positive().default(fallback);

const environmentSchema = z.object({
  LEEWAY_HOST: z.string().min(1).default("127.0.0.1"),
  LEEWAY_PORT: z.coerce.number().int().min(0).max(65_535).default(4700),
  LEEWAY_BOOTSTRAP_API_KEY: z
    .string()
    .regex(/^lw_\S{17,253}$/, "expected lw_ and at least 17 more characters")
    .optional(),
  CLICKHOUSE_URL: z.url(),
  CLICKHOUSE_DATABASE: z
    .string()
    .regex(/^\w{1,64}$/, "expected letters, digits and _")
    .default("leeway"),
  REDIS_URL: z.url(),
  LEEWAY_MAX_BODY_BYTES: size(8 * MIB),
  LEEWAY_MAX_STREAM_BYTES: size(1024 * MIB),
  LEEWAY_MAX_REFERENCE_BYTES: size(512 * MIB),
  LEEWAY_MAX_BATCH_EVENTS: size(10_000),
  LEEWAY_MAX_STREAM_EVENTS: size(2_000_000),
  LEEWAY_MAX_PENDING_BYTES: size(128 * MIB),
  LEEWAY_RATE_LIMIT_EVENTS_PER_SECOND: z.coerce.number().positive().optional(),
  LEEWAY_QUOTA_EVENTS_PER_DAY: z.coerce.number().int().positive().optional(),
  LEEWAY_INDEXED_KEYS: size(32_000_000),
  LEEWAY_DISK_SYNC: z.enum(["on", "off"]).optional(),
  SLACK_SIGNING_SECRET: z.string().min(16).optional(),
});

/** EventLimits bound what one request may bring. */
export interface EventLimits {
  bodyBytes: number;
  bodyMs: number;
  batchEvents: number;
  streamBytes: number;
  streamEvents: number;
  lineBytes: number;
}

/** IngestConfig is how the ingest service is run. */
export interface IngestConfig {
  host: string;
  port: number;
  bootstrapKey: string | undefined;
  clickhouseUrl: string;
  database: string;
  redisUrl: string;
  limits: EventLimits;
  referenceBytes: number;
  /** Bytes of requests and unstored rows that may be in memory at once; past them the service says 503. */
  pendingBytes: number;
  eventsPerSecond: number | undefined;
  eventsPerDay: number | undefined;
  indexedKeys: number;
  /** Whether inserts wait for the disk; undefined leaves the tables as they are. */
  diskSync: "on" | "off" | undefined;
  /** What Slack signs its requests with; without it there is no address for clicks. */
  slackSigningSecret: string | undefined;
}

/** parseIngestConfig reads the environment once; every problem in it is listed in one `invalid_request`. */
export function parseIngestConfig(environment: Readonly<Record<string, string | undefined>>): IngestConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    const list = problems.map(({ path, message }) => `${path}: ${message}`).join("; ");
    throw new LeewayError("invalid_request", `The settings are not usable: ${list}`, { problems });
  }
  const settings = parsed.data;
  return {
    host: settings.LEEWAY_HOST,
    port: settings.LEEWAY_PORT,
    bootstrapKey: settings.LEEWAY_BOOTSTRAP_API_KEY,
    clickhouseUrl: settings.CLICKHOUSE_URL,
    database: settings.CLICKHOUSE_DATABASE,
    redisUrl: settings.REDIS_URL,
    limits: {
      bodyBytes: settings.LEEWAY_MAX_BODY_BYTES,
      bodyMs: 30_000,
      batchEvents: settings.LEEWAY_MAX_BATCH_EVENTS,
      streamBytes: settings.LEEWAY_MAX_STREAM_BYTES,
      streamEvents: settings.LEEWAY_MAX_STREAM_EVENTS,
      lineBytes: MIB,
    },
    referenceBytes: settings.LEEWAY_MAX_REFERENCE_BYTES,
    pendingBytes: settings.LEEWAY_MAX_PENDING_BYTES,
    eventsPerSecond: settings.LEEWAY_RATE_LIMIT_EVENTS_PER_SECOND,
    eventsPerDay: settings.LEEWAY_QUOTA_EVENTS_PER_DAY,
    indexedKeys: settings.LEEWAY_INDEXED_KEYS,
    diskSync: settings.LEEWAY_DISK_SYNC,
    slackSigningSecret: settings.SLACK_SIGNING_SECRET,
  };
}
