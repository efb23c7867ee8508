import { type ChannelTally, type DeliveryAttempt, deliveryAttemptSchema } from "@leeway/core/delivery";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";

/** Deliveries is the log of attempts to notify channels, of the last 30 days. */
export interface Deliveries {
  /** Logging the same attempt twice changes nothing. */
  log(project: string, attempt: DeliveryAttempt): Promise<void>;
  /** The newest attempts at a channel, newest first, those before a moment. */
  ofChannel(
    project: string,
    channelId: string,
    page: { before: number; limit: number },
  ): Promise<DeliveryAttempt[]>;
  /** What the log says of every channel that was tried, by its id. */
  tallies(project: string, now: number): Promise<ReadonlyMap<string, ChannelTally>>;
}

const DAY_MS = 86_400_000;
const KEPT_MS = 30 * DAY_MS;
// More failures in a row than it takes for a circuit to be open as long as it may be.
const RECENT = 16;

const COLUMNS = `notification_id, channel_id, incident_id, transition, attempt, toUnixTimestamp64Milli(at) AS began, took_ms, outcome,
  concerns_message, retry_after_ms, answer`;
const attemptRow = z
  .object({
    notification_id: z.string(),
    channel_id: z.string(),
    incident_id: z.string(),
    transition: z.string(),
    attempt: z.coerce.number(),
    began: z.coerce.number(),
    took_ms: z.number(),
    outcome: z.string(),
    concerns_message: z.boolean(),
    retry_after_ms: z.number(),
    answer: z.string(),
    request: z.string().default(""),
  })
  .transform(({ began, ...row }): DeliveryAttempt => deliveryAttemptSchema.parse({ ...row, at: began }));

const attemptsOfChannel = defineQuery<
  { project: string; channelId: string; before: number; limit: number },
  typeof attemptRow
>({
  name: "delivery_attempts_of_channel",
  sql: `SELECT ${COLUMNS}, request FROM delivery_attempts
    WHERE project = {project:String} AND channel_id = {channelId:String}
      AND at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
      AND at >= fromUnixTimestamp64Milli({before:Int64}, 'UTC') - INTERVAL 30 DAY
    ORDER BY at DESC, notification_id LIMIT {limit:UInt32}`,
  row: attemptRow,
});

const recentAttempts = defineQuery<{ project: string; from: number; recent: number }, typeof attemptRow>({
  name: "delivery_attempts_recent",
  sql: `SELECT ${COLUMNS} FROM delivery_attempts
    WHERE project = {project:String} AND at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    ORDER BY channel_id, at DESC LIMIT {recent:UInt32} BY channel_id`,
  row: attemptRow,
});

const tallyRow = z.object({
  channel_id: z.string(),
  attempts: z.coerce.number(),
  failures: z.coerce.number(),
  success_at: z.coerce.number(),
  success_answer: z.string(),
  failure_at: z.coerce.number(),
  failure_answer: z.string(),
});

const tallies = defineQuery<{ project: string; from: number; day: number }, typeof tallyRow>({
  name: "delivery_attempts_tallies",
  sql: `SELECT channel_id,
      countIf(at >= fromUnixTimestamp64Milli({day:Int64}, 'UTC')) AS attempts,
      countIf(at >= fromUnixTimestamp64Milli({day:Int64}, 'UTC') AND outcome IN ('retry', 'refused')) AS failures,
      toUnixTimestamp64Milli(maxIf(at, outcome = 'sent')) AS success_at,
      argMaxIf(answer, at, outcome = 'sent') AS success_answer,
      toUnixTimestamp64Milli(maxIf(at, outcome IN ('retry', 'refused'))) AS failure_at,
      argMaxIf(answer, at, outcome IN ('retry', 'refused')) AS failure_answer
    FROM delivery_attempts
    WHERE project = {project:String} AND at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    GROUP BY channel_id`,
  row: tallyRow,
});

/** createDeliveries returns the log of attempts over ClickHouse. */
export function createDeliveries(client: ClickHouseClient): Deliveries {
  return {
    async log(project, attempt) {
      const { at, notification_id } = attempt;
      const token = `attempt/${project}/${notification_id}/${at}`;
      await insertRows(client, "delivery_attempts", [{ project, ...attempt, at: toDateTime64(at) }], token);
    },
    ofChannel: (project, channelId, page) => attemptsOfChannel(client, { project, channelId, ...page }),
    async tallies(project, now) {
      const from = now - KEPT_MS;
      const [rows, recent] = await Promise.all([
        tallies(client, { project, from, day: now - DAY_MS }),
        recentAttempts(client, { project, from, recent: RECENT }),
      ]);
      return new Map(
        rows.map((row): [string, ChannelTally] => [
          row.channel_id,
          {
            ...(row.success_at > 0
              ? { lastSuccess: { at: row.success_at, answer: row.success_answer } }
              : {}),
            ...(row.failure_at > 0
              ? { lastFailure: { at: row.failure_at, answer: row.failure_answer } }
              : {}),
            attemptsLastDay: row.attempts,
            failuresLastDay: row.failures,
            recent: recent.filter(({ channel_id }) => channel_id === row.channel_id).toReversed(),
          },
        ]),
      );
    },
  };
}
