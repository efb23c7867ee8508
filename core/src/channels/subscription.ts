import { z } from "zod";
import { causeSchema, type Incident, type Notification, severitySchema } from "../records/index.ts";
import { isLike } from "../silences/index.ts";
import { environmentSchema, lineSchema, nameSchema } from "../wire/index.ts";
import { causeWords, severityWords } from "../words/index.ts";

const MOST = 100;

/** subscriptionSchema is which incidents a channel takes; a field that is absent takes all. */
export const subscriptionSchema = z.strictObject({
  severities: z.array(severitySchema).min(1).optional(),
  causes: z.array(causeSchema).min(1).optional(),
  /** Names of models; `*` stands for any characters. */
  models: z.array(nameSchema).min(1).max(MOST).optional(),
  /** Absent: production, and what monitors name the channel for. */
  environments: z.array(environmentSchema).min(1).optional(),
  /** Owners of models, as their settings have them. */
  owners: z.array(lineSchema(256).min(1)).min(1).max(MOST).optional(),
});

export type Subscription = z.infer<typeof subscriptionSchema>;

/** SubscriptionDecision is whether a channel takes an incident, or why not, for the one who looks for a message that never came. */
export type SubscriptionDecision = { outcome: "taken" } | { outcome: "left"; reason: string };

type Offered = Pick<Incident, "severity" | "cause" | "model" | "environment" | "owner">;

/**
 * decideSubscription decides whether a channel takes an incident. `isNamed` where a monitor that failed names the channel: then it takes every environment that it does not
 * rule out. O(patterns).
 */
export function decideSubscription(
  subscription: Subscription = {},
  incident: Offered,
  isNamed: boolean,
): SubscriptionDecision {
  const { severities, causes, models, environments, owners } = subscription;
  const { severity, cause, model, environment, owner } = incident;
  if (severities !== undefined && !severities.includes(severity)) {
    return left(`it is a ${severityWords(severity).toLowerCase()}`, severities.map(severityWords));
  }
  if (causes !== undefined && !causes.includes(cause)) {
    return left(`its cause is ${causeWords(cause)}`, causes.map(causeWords));
  }
  if (models !== undefined && !models.some((pattern) => isLike(pattern, model))) {
    return left(`its model is ${model}`, models);
  }
  const taken = environments ?? (isNamed ? [environment] : ["production"]);
  if (!taken.includes(environment)) return left(`it is in ${environment}`, taken);
  if (owners !== undefined && (owner === undefined || !owners.includes(owner))) {
    return left(owner === undefined ? "its model has no owner" : `its owner is ${owner}`, owners);
  }
  return { outcome: "taken" };
}

function left(what: string, taken: readonly string[]): SubscriptionDecision {
  return { outcome: "left", reason: `${what}, and the channel takes ${taken.join(", ")}` };
}

/** hasReached says whether a notification was on its way to its channel at all, whatever became of it: who was notified of a beginning is notified of the end. O(1). */
export function hasReached({ status }: Pick<Notification, "status">): boolean {
  return status !== "silenced" && status !== "not_subscribed";
}

/** SubscriptionPreview is what a channel would have received. */
export interface SubscriptionPreview {
  /** Incidents of the last days that it would have taken, newest first, of so many. */
  received: Incident[];
  of: number;
  days: number;
}

const DAY_MS = 86_400_000;
const PREVIEW_DAYS = 30;

/** previewSubscription returns which incidents that fired in the last 30 days a channel would have taken, by the severity that they came to. O(incidents). */
export function previewSubscription(
  subscription: Subscription,
  incidents: readonly Incident[],
  now: number,
): SubscriptionPreview {
  const fired = incidents
    .filter(({ fired_at }) => fired_at !== undefined && fired_at >= now - PREVIEW_DAYS * DAY_MS)
    .sort((a, b) => b.fired_at! - a.fired_at!);
  const received = fired.filter((one) => decideSubscription(subscription, one, false).outcome === "taken");
  return { received, of: fired.length, days: PREVIEW_DAYS };
}
