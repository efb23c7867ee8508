import { LeewayError } from "@leeway/core/errors";
import { type MonitorPreview, monitorPreviewSchema } from "@leeway/core/evaluation";
import type { Monitor } from "@leeway/core/records";
import { timestampSchema } from "@leeway/core/wire";
import { defineRoute, type Route } from "../../http/route.ts";
import { resolveRange } from "../reads/resolve-range.ts";
import type { RouteDeps } from "../route-deps.ts";
import { monitorInputSchema, monitorOf } from "./monitor-input.ts";

const MOST_WINDOWS = 5_000;
const PATIENCE_MS = 570_000;
// The analyzer has so long to say how far it came.
const MARGIN_MS = 30_000;

const body = monitorInputSchema.safeExtend({
  from: timestampSchema.optional(),
  to: timestampSchema.optional(),
});

/**
 * previewMonitorRoute is `POST /v1/monitors/preview`: how often a monitor would have fired on the stored history, before it is saved. The analyzer judges
 * the windows as it would have judged them then.
 */
export function previewMonitorRoute(deps: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/monitors/preview",
    tag: "monitors",
    summary: "How often a monitor would have fired on the stored history",
    scope: "read",
    body: { schema: body, reads: "json" },
    answer: monitorPreviewSchema,
    handle: ({ body: { from, to, ...input }, principal }) =>
      preview(deps, principal.project, monitorOf(input, "preview", { former: undefined, now: 0 }), {
        from,
        to,
      }),
  });
}

async function preview(
  { store, queues, now }: RouteDeps,
  project: string,
  monitor: Monitor,
  asked: { from: number | undefined; to: number | undefined },
): Promise<MonitorPreview> {
  const { model, window: windowMs } = monitor;
  const activity = await store.activity.versions(project, model);
  const { version, from, to } = resolveRange(
    model,
    { ...asked, version: monitor.version, environment: monitor.environment },
    activity,
  );
  checkCount((to - from) / windowMs);
  const deadline = now() + PATIENCE_MS - MARGIN_MS;
  const result = await queues.preview({ project, monitor, version, from, to, deadline }, PATIENCE_MS);
  switch (result.outcome) {
    case "previewed":
      return result.preview;
    case "no_reference":
      throw new LeewayError(
        "not_found",
        `${model} ${version} can't be compared with anything: ${result.reason}`,
      );
    case "too_long":
      throw new LeewayError("timeout", result.reason);
    default:
      return result satisfies never;
  }
}

function checkCount(windows: number): void {
  if (windows <= MOST_WINDOWS) return;
  const message = `more than ${MOST_WINDOWS} windows: choose longer ones or a shorter range`;
  throw new LeewayError("invalid_request", `window: ${message}`, { problems: [{ path: "window", message }] });
}
