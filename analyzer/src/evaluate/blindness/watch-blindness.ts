import { decideBlindness } from "@leeway/core/health";
import { stepBlindness } from "@leeway/core/incidents";
import type { Monitor, Notification } from "@leeway/core/records";
import type { EvaluationProgress } from "@leeway/store";
import { monitorsBurningIn } from "../fold/burning-in.ts";
import { type FoldDeps, loadIncidents, storeStep } from "../fold/fold-verdicts.ts";
import { queueNotifications } from "../fold/queue-notifications.ts";
import type { WatchedSubject } from "../pass/pass-context.ts";
import { type PassOutcome, unjudgedChains } from "./unjudged-chains.ts";

/**
 * watchBlindness opens an incident where a model could not be judged for too long, and resolves it once it is judged again. It returns the notifications that this
 * queued.
 */
export async function watchBlindness(
  deps: FoldDeps,
  model: {
    name: string;
    watched: readonly WatchedSubject[];
    monitors: readonly Monitor[];
    progress: readonly EvaluationProgress[];
    asOf: number;
  },
  pass: PassOutcome,
): Promise<Notification[]> {
  const { store, project, now } = deps;
  const { name, asOf, monitors } = model;
  const burningIn = await monitorsBurningIn(deps, name, monitors);
  const chains = unjudgedChains(model.watched, model.progress, pass, asOf).filter(
    ({ monitorId }) => !burningIn.has(monitorId),
  );
  const blindness = decideBlindness(chains, { asOf, now });
  const incidents = await loadIncidents(store.records, project, name);
  const step = stepBlindness({ model: name, incidents, blindness, asOf, now });
  const { fresh } = await queueNotifications(
    { records: store.records, project },
    step.transitions,
    monitors,
    now,
  );
  await storeStep(deps, name, { incidents: step.changed, notifications: fresh, folded: [] });
  return fresh.filter(({ status }) => status === "queued");
}
