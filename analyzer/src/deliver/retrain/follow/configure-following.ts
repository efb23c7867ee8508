import { actOnRetrained, compareRetrained, loadIncidents, type Store } from "@leeway/store";
import type { AnalyzerConfig } from "../../../config.ts";
import { pollRun } from "../poll-run.ts";
import { createRetrainingFollower } from "./follow-retrainings.ts";

const ACTOR = "leeway";
/** Looks are this many ticks apart: each comparison reads all labels that both versions have. */
const TICKS_BETWEEN_LOOKS = 5;

/** configureFollowing returns the look that follows one project's retrainings over the store's records. */
export function configureFollowing(deps: {
  config: AnalyzerConfig;
  store: Store;
  project: string;
  now: () => number;
  onProblem: (where: string, error: Error) => void;
}): () => Promise<void> {
  const { config, store, project, now, onProblem } = deps;
  const { records } = store;
  return createRetrainingFollower({
    retrainings: () => records.retraining.list(project),
    async context() {
      const [channels, silences, notifications, { incidents }] = await Promise.all([
        records.channel.list(project),
        records.silence.list(project),
        records.notification.list(project),
        loadIncidents(store, project),
      ]);
      return { channels, silences, notifications, incidents };
    },
    poll: (channel, runId) =>
      pollRun({ allowList: config.LEEWAY_ALLOW_PRIVATE_WEBHOOKS, now }, channel, runId),
    compare: (run) => compareRetrained(store, project, run, now()),
    async act({ id }, action) {
      await actOnRetrained(store, project, { id, action, actor: ACTOR, now: now() });
    },
    async save(before, changed, notifications) {
      const current = await records.retraining.get(project, before.id);
      if (current?.updated_at !== before.updated_at) return;
      await store.putRecordsTogether(
        project,
        [
          ...notifications.map((body) => ({ kind: "notification" as const, id: body.id, body })),
          { kind: "retraining" as const, id: changed.id, body: changed },
        ],
        ACTOR,
      );
    },
    onProblem,
    now,
    everyMs: TICKS_BETWEEN_LOOKS * config.LEEWAY_TICK_SECONDS * 1_000,
  });
}
