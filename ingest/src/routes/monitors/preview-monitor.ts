import { LeewayError } from "@leeway/core/errors";
import { causeSchema, type Monitor, type Reference } from "@leeway/core/records";
import { segmentKey } from "@leeway/core/segment";
import { calibrateDrift, previewMonitor, segmentShortage, withFamilyShare } from "@leeway/core/verdicts";
import { timestampSchema } from "@leeway/core/wire";
import { z } from "zod";
import { found } from "../../http/found.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import { resolveRange } from "../reads/resolve-range.ts";
import type { RouteDeps } from "../route-deps.ts";
import { chooseReference } from "./choose-reference.ts";
import { monitorInputSchema, monitorOf } from "./monitor-input.ts";

const MOST_WINDOWS = 5_000;

const body = monitorInputSchema.safeExtend({
  from: timestampSchema.optional(),
  to: timestampSchema.optional(),
});

const answer = z.object({
  reference_id: z.string(),
  windows: z.array(z.object({ start: z.number(), end: z.number(), outcome: z.string() })),
  judged: z.number(),
  alarms: z.array(
    z.object({
      start: z.number(),
      end: z.number(),
      windows: z.number(),
      cause: causeSchema.optional(),
      features: z.array(z.string()),
      reason: z.string(),
    }),
  ),
  alarms_per_month: z.number(),
  longest_alarm_ms: z.number(),
  budget_per_month: z.number(),
  summary: z.string(),
});

/** previewMonitorRoute is `POST /v1/monitors/preview`: how often a drift monitor would have fired on the stored history, before it is saved. */
export function previewMonitorRoute(deps: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/monitors/preview",
    tag: "monitors",
    summary: "How often a drift monitor would have fired on the stored history",
    scope: "read",
    body: { schema: body, reads: "json" },
    answer,
    handle: ({ body: { from, to, ...input }, principal }) =>
      preview(deps, principal.project, monitorOf(input, "preview", 0), { from, to }),
  });
}

async function preview(
  { store }: RouteDeps,
  project: string,
  monitor: Monitor,
  asked: { from: number | undefined; to: number | undefined },
): Promise<z.input<typeof answer>> {
  if (monitor.kind !== "drift") {
    throw new LeewayError("invalid_request", "kind: only drift monitors can be previewed", {
      problems: [{ path: "kind", message: "only drift monitors can be previewed" }],
    });
  }
  const { model: name, window: windowMs, segment, features } = monitor;
  const activity = await store.activity.versions(project, name);
  const range = resolveRange(
    name,
    { ...asked, version: monitor.version, environment: monitor.environment },
    activity,
  );
  checkCount((range.to - range.from) / windowMs);
  const references = (await store.records.reference.list(project)).filter(({ model }) => model === name);
  const whole = found(
    chooseReference(references, range.version),
    `reference of ${name} ${range.version} yet`,
  );
  const reference = await partOf(store, project, whole, monitor);
  const scope = { ...range, reference: whole, windowMs, segment };
  await store.profiles.refresh(project, scope, range.from);
  const windows = await store.profiles.windows(project, scope);
  const stored = await store.records.model.get(project, name);
  const family = await familyOf(store, project, monitor, range.version);
  const model = stored === undefined ? undefined : withFamilyShare(stored, monitor, family);
  const calibration = calibrateDrift(
    await store.profiles.referenceWindows(project, whole, windowMs, segment),
    reference,
    {
      windowMs,
      ...(model?.false_alarms_per_month === undefined
        ? {}
        : { falseAlarmsPerMonth: model.false_alarms_per_month }),
      ...(features === undefined ? {} : { features }),
    },
  );
  // What the reference itself was made of is no history to be judged by it.
  const judgeable = windows.filter(
    ({ start, end }) => reference.source === "upload" || end <= reference.from || start >= reference.to,
  );
  const result = previewMonitor({ reference, calibration, monitor, windows: judgeable });
  return { ...result, reference_id: reference.id };
}

/** familyOf returns the monitors that would judge the same version beside this one, itself included: they divide what drift may raise of false alarms. */
async function familyOf(
  store: RouteDeps["store"],
  project: string,
  monitor: Monitor,
  version: string,
): Promise<Monitor[]> {
  const watched = ({ segment, window, features }: Monitor) =>
    JSON.stringify([segmentKey(segment), window, features]);
  const others = (await store.records.monitor.list(project)).filter(
    (one) =>
      one.model === monitor.model &&
      one.environment === monitor.environment &&
      one.enabled &&
      (one.version ?? version) === version &&
      // One that watches the same is the one that is being changed.
      !(one.kind === monitor.kind && watched(one) === watched(monitor)),
  );
  return [...others, monitor];
}

// A segment is held against its own part of the reference.
async function partOf(
  store: RouteDeps["store"],
  project: string,
  whole: Reference,
  { segment }: Monitor,
): Promise<Reference> {
  if (segment === undefined || segmentKey(segment) === "") return whole;
  const part = await store.references.ofSegment(project, whole, segment);
  const shortage = segmentShortage(part, segment);
  if (shortage === undefined) return part;
  throw new LeewayError("invalid_request", shortage, { problems: [{ path: "segment", message: shortage }] });
}

function checkCount(windows: number): void {
  if (windows <= MOST_WINDOWS) return;
  const message = `more than ${MOST_WINDOWS} windows: choose longer ones or a shorter range`;
  throw new LeewayError("invalid_request", `window: ${message}`, { problems: [{ path: "window", message }] });
}
