import type { Channel, ChannelOf } from "@leeway/core/channels";
import { formatDuration } from "@leeway/core/duration";
import type { Incident, Notification, Retraining, RetrainingVerdict, Silence } from "@leeway/core/records";
import { nextLook } from "@leeway/core/retraining";
import type { PolledRun } from "../poll-run.ts";
import { noteNotifications } from "./note-notifications.ts";

/** FollowDeps is what following reads and writes. */
export interface FollowDeps {
  retrainings(): Promise<Retraining[]>;
  context(): Promise<{
    channels: Channel[];
    silences: Silence[];
    notifications: Notification[];
    incidents: Incident[];
  }>;
  poll(channel: ChannelOf<"retrain">, runId: string): Promise<PolledRun>;
  compare(run: Retraining): Promise<RetrainingVerdict | undefined>;
  act(run: Retraining, action: "promote" | "archive"): Promise<void>;
  /** Writes a changed run and the notifications of its change in one insert, unless `before` is no longer how the run stands: its job may have reported meanwhile. */
  save(before: Retraining, changed: Retraining, notifications: Notification[]): Promise<void>;
  onProblem(where: string, error: Error): void;
  now: () => number;
  everyMs: number;
}

type Context = Awaited<ReturnType<FollowDeps["context"]>>;
type RetrainChannel = ChannelOf<"retrain">;

const DAY_MS = 86_400_000;

/**
 * createRetrainingFollower returns the look that follows every run to its end: it asks targets, gives up what never reports, compares new versions, and acts where the
 * channel's rule says so. A run whose look fails keeps no other from its own.
 */
export function createRetrainingFollower(deps: FollowDeps): () => Promise<void> {
  const lookedAt = new Map<string, number>();
  const look = async () => {
    const runs = await deps.retrainings();
    const looks = runs.flatMap((run) => {
      const at = { now: deps.now(), lookedAt: lookedAt.get(run.id), everyMs: deps.everyMs };
      // The channel's own limit is known only once the channels are read: no run is looked at for its sake alone.
      const look = nextLook(run, { ...at, timeLimitMs: 0 });
      return look === "nothing" ? [] : [{ run, at }];
    });
    if (looks.length === 0) return;
    const context = await deps.context();
    for (const { run, at } of looks) {
      const channel = context.channels.find((one) => one.id === run.channel_id);
      const known = channel?.kind === "retrain" ? channel : undefined;
      const look = nextLook(run, { ...at, timeLimitMs: known?.time_limit ?? DAY_MS });
      if (look === "nothing") continue;
      lookedAt.set(run.id, at.now);
      await follow(deps, context, run, known, look).catch((error: Error) =>
        deps.onProblem(`retraining ${run.id}`, error),
      );
    }
  };
  let looking: Promise<void> | undefined;
  // A slow target delays the next look, and no second look runs beside it.
  return () => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
}

function follow(
  deps: FollowDeps,
  context: Context,
  run: Retraining,
  channel: RetrainChannel | undefined,
  look: "poll" | "give_up" | "compare",
): Promise<void> {
  switch (look) {
    case "give_up":
      return giveUp(deps, context, run, channel?.time_limit ?? DAY_MS);
    case "poll":
      return ask(deps, context, run, channel);
    case "compare":
      return compare(deps, context, run, channel);
    default:
      return look satisfies never;
  }
}

async function giveUp(deps: FollowDeps, context: Context, run: Retraining, limitMs: number): Promise<void> {
  const message = `The retraining of version ${run.version} has not reported its end within ${formatDuration(limitMs)}.`;
  const changed: Retraining = { ...run, status: "timed_out", message, updated_at: deps.now() };
  await notify(deps, context, { before: run, changed, occasion: "timed-out", note: message });
}

async function ask(
  deps: FollowDeps,
  context: Context,
  run: Retraining,
  channel: RetrainChannel | undefined,
): Promise<void> {
  if (channel === undefined || run.run_id === undefined) return;
  const polled = await deps.poll(channel, run.run_id);
  if (polled.outcome !== "answered" || polled.status === run.status) return;
  const changed = { ...run, updated_at: deps.now() };
  // The job alone knows what it made: its report may come before this or after.
  if (polled.status !== "failed") return deps.save(run, { ...changed, status: polled.status }, []);
  const message = polled.message ?? "the run failed";
  const note = `The retraining of version ${run.version} failed: ${message}.`;
  const failed: Retraining = { ...changed, status: "failed", message };
  await notify(deps, context, { before: run, changed: failed, occasion: "failed", note });
}

async function compare(
  deps: FollowDeps,
  context: Context,
  run: Retraining,
  channel: RetrainChannel | undefined,
): Promise<void> {
  const verdict = await deps.compare(run);
  // Before the first common label there is nothing to say.
  if (verdict === undefined || (verdict.verdict === "wait" && verdict.labels === 0)) return;
  const judged = { ...run, verdict, updated_at: deps.now() };
  // While it goes on waiting only the page follows the number of labels.
  if (run.verdict?.verdict === verdict.verdict) await deps.save(run, judged, []);
  else {
    const said = { occasion: verdict.verdict, note: verdict.sentence };
    await notify(deps, context, { before: run, changed: judged, ...said });
  }
  if (verdict.verdict === "promote" && channel?.auto_promote === true) await deps.act(judged, "promote");
  if (verdict.verdict === "worse" && channel?.auto_archive === true) await deps.act(judged, "archive");
}

async function notify(
  deps: FollowDeps,
  { incidents, ...known }: Context,
  change: { before: Retraining; changed: Retraining; occasion: string; note: string },
): Promise<void> {
  const { before, changed: run, occasion, note } = change;
  const incident = incidents.find(({ id }) => id === run.incident_id);
  const rows =
    incident === undefined
      ? []
      : noteNotifications({ ...known, run, incident, occasion, note, now: deps.now() });
  await deps.save(before, run, rows);
}
