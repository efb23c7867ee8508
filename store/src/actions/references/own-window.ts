import { LeewayError } from "@leeway/core/errors";
import type { Reference } from "@leeway/core/records";
import { environmentSchema } from "@leeway/core/wire";
import type { VersionActivity } from "../../activity/activity.ts";
import type { Store } from "../../create-store.ts";

/** OwnWindow is a span of a version's own traffic that shall become a reference, epoch milliseconds; without an environment it is production, or wherever the version has traffic. */
export interface OwnWindow {
  model: string;
  version: string;
  environment?: string | undefined;
  from: number;
  to: number;
}

/** findTraffic returns the traffic of a version. It throws `not_found` where the version has never sent a prediction there. */
export async function findTraffic(
  store: Pick<Store, "activity">,
  project: string,
  { model, version, environment }: Pick<OwnWindow, "model" | "version" | "environment">,
): Promise<VersionActivity> {
  const seen = (await store.activity.versions(project, model)).filter((one) => one.version === version);
  const subject =
    seen.find((one) => one.environment === (environment ?? "production")) ??
    (environment === undefined ? seen[0] : undefined);
  if (subject !== undefined) return subject;
  const place = environment === undefined ? "" : ` in ${environment}`;
  throw new LeewayError("not_found", `version ${version} of ${model} has never sent a prediction${place}`);
}

/** checkOwnWindow returns the traffic that a window is of. It throws `not_found` where the version has none, `invalid_request` for a window that can't be a reference. */
export async function checkOwnWindow(
  store: Pick<Store, "activity">,
  project: string,
  window: OwnWindow,
): Promise<VersionActivity> {
  const { model, version, from, to } = window;
  const refuse = (path: string, message: string): never => {
    throw new LeewayError("invalid_request", `${path}: ${message}`, { problems: [{ path, message }] });
  };
  if (from >= to) refuse("window.to", "must be after window.from");
  const subject = await findTraffic(store, project, window);
  const hours = await store.activity.hours(project, model, from, to);
  const rows = hours
    .filter((one) => one.version === version && one.environment === subject.environment)
    .reduce((sum, one) => sum + one.rows, 0);
  if (rows === 0) refuse("window.from", `version ${version} of ${model} has no predictions in that window`);
  return subject;
}

/** takeOwnWindow returns the reference that a window of a version's own traffic becomes, under `id`; to record it is the caller's. It throws what `checkOwnWindow` throws. */
export async function takeOwnWindow(
  store: Pick<Store, "activity" | "references">,
  project: string,
  id: string,
  window: OwnWindow,
): Promise<Reference> {
  const subject = await checkOwnWindow(store, project, window);
  const environment = environmentSchema.parse(subject.environment);
  const { model, version, from, to } = window;
  return store.references.fromWindow(project, {
    ...{ id, model, version, environment, source: "window", from, to },
  });
}
