import { LeewayError } from "@leeway/core/errors";
import type { Reference } from "@leeway/core/records";
import { automaticSpan, choiceOf, planReference, referenceMonitor } from "@leeway/core/reference";
import type { CountedHour, VersionActivity } from "../../activity/activity.ts";
import type { Store } from "../../create-store.ts";
import { loadReferences } from "./reference-in-use.ts";

const HOUR = 3_600_000;

/** VersionReferenceAnswer is what a version is compared with and who chose it, or what its reference waits for. */
export interface VersionReferenceAnswer {
  reference: Reference | undefined;
  isOwn: boolean;
  chosenBy: string | undefined;
  waitsBecause: string | undefined;
}

/** readVersionReference returns what a version is compared with. It throws `not_found` for a version that neither has traffic nor a reference. */
export async function readVersionReference(
  store: Pick<Store, "records" | "activity">,
  project: string,
  { model, version, environment }: { model: string; version: string; environment?: string | undefined },
): Promise<VersionReferenceAnswer> {
  const [known, activity, monitors] = await Promise.all([
    loadReferences(store, project, model),
    store.activity.versions(project, model),
    store.records.monitor.list(project),
  ]);
  const seen = activity.filter(
    (one) => one.version === version && (environment ?? one.environment) === one.environment,
  );
  const subject = seen.find((one) => one.environment === "production") ?? seen[0];
  if (subject === undefined) {
    throw new LeewayError("not_found", `version ${version} of ${model} has never sent a prediction`);
  }
  const plan = planReference({ version, ...known, firstSeen: subject.firstTimestamp });
  if (plan.outcome === "chosen") {
    const choice = choiceOf(version, known.choices);
    const isChosen = choice?.use === "reference" && choice.reference_id === plan.reference.id;
    return {
      ...{ reference: plan.reference, isOwn: plan.isOwn, waitsBecause: undefined },
      chosenBy: isChosen ? choice.by : undefined,
    };
  }
  const waitsBecause = await waitReason(store, project, {
    subject,
    first: plan.first,
    monitors: monitors.filter((monitor) => monitor.model === model),
  });
  return { reference: undefined, isOwn: false, chosenBy: undefined, waitsBecause };
}

/** waitReason says what the automatic reference of a version waits for. */
export async function waitReason(
  store: Pick<Store, "activity">,
  project: string,
  known: WaitingVersion,
): Promise<string> {
  const { subject, first } = known;
  const hours = await store.activity.hours(project, subject.model, first, subject.lastTimestamp + 1);
  return waitReasonOf(known, hours);
}

/** WaitingVersion is a version without a reference, and from when on one could be made. */
export interface WaitingVersion {
  subject: VersionActivity;
  first: number;
  monitors: Parameters<typeof referenceMonitor>[0];
}

/** waitReasonOf says the same from hours that were read before, its own among them. */
export function waitReasonOf(
  { subject, first, monitors }: WaitingVersion,
  hours: readonly CountedHour[],
): string {
  const { version, environment, lastTimestamp } = subject;
  const asOf = lastTimestamp + 1;
  const firstHour = Math.floor(first / HOUR) * HOUR;
  const span = automaticSpan({
    ...{ version, first, asOf, monitor: referenceMonitor(monitors, subject) },
    hours: hours.filter(
      (one) =>
        one.version === version &&
        one.environment === environment &&
        one.hour >= firstHour &&
        one.hour < asOf,
    ),
  });
  // What is enough becomes the reference in the analyzer's next pass.
  return span.outcome === "wait" ? span.reason : `The reference of version ${version} is being taken`;
}
