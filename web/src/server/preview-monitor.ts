import "server-only";
import { LeewayError } from "@leeway/core/errors";
import type { MonitorPreview } from "@leeway/core/evaluation";
import { shownVersion } from "@leeway/core/health";
import { type MonitorInput, monitorOf } from "@leeway/core/monitors";
import { requireModel } from "@leeway/store";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";
import { loadTraffic } from "./traffic.ts";

const RANGE_MS = 30 * 86_400_000;
const MOST_WINDOWS = 5_000;
const PATIENCE_MS = 110_000;
/** The analyzer has so long to say how far it came. */
const MARGIN_MS = 10_000;

/** previewMonitorFor returns how often a monitor would have fired over the 30 days up to the newest prediction, as the API answers it. */
export async function previewMonitorFor(principal: Principal, input: MonitorInput): Promise<MonitorPreview> {
  const { store, analyzer, now } = server();
  const { project } = principal;
  const monitor = monitorOf(input, "preview", { former: undefined, now: 0 });
  await requireModel(store, project, monitor.model);
  const shown = shownVersion({
    versions: await loadTraffic(principal, monitor.model),
    incidents: [],
    asked: { version: monitor.version, environment: monitor.environment },
  });
  if (shown.outcome === "no_traffic")
    throw refusal("model", `${monitor.model} has not sent a prediction yet`);
  if (shown.outcome === "unknown") throw refusal(shown.path, shown.message);
  const to = shown.version.lastSeen + 1;
  const from = to - RANGE_MS;
  if ((to - from) / monitor.window > MOST_WINDOWS) {
    throw refusal("window", `30 days hold more than ${MOST_WINDOWS} of these: choose longer windows`);
  }
  const deadline = now() + PATIENCE_MS - MARGIN_MS;
  const { version } = shown.version;
  const result = await analyzer.preview({ project, monitor, version, from, to, deadline }, PATIENCE_MS);
  switch (result.outcome) {
    case "previewed":
      return result.preview;
    case "no_reference":
      throw new LeewayError("not_found", `There is nothing to compare with yet: ${result.reason}.`);
    case "too_long":
      throw new LeewayError("timeout", result.reason);
    default:
      return result satisfies never;
  }
}

function refusal(path: string, message: string): LeewayError {
  return new LeewayError("invalid_request", message, { problems: [{ path, message }] });
}
