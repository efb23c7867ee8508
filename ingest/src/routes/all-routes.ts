import type { Route } from "../http/route.ts";
import { listAudit } from "./audit/list-audit.ts";
import { createEvents } from "./change-events/create-events.ts";
import { listEvents } from "./change-events/list-events.ts";
import { createChannel } from "./channels/create-channel.ts";
import { deleteChannel } from "./channels/delete-channel.ts";
import { getChannel } from "./channels/get-channel.ts";
import { listAttempts } from "./channels/list-attempts.ts";
import { listChannels } from "./channels/list-channels.ts";
import { previewSubscription } from "./channels/preview-subscription.ts";
import { putChannel } from "./channels/put-channel.ts";
import { resendDeadLetters } from "./channels/resend-dead-letters.ts";
import { testChannel } from "./channels/test-channel.ts";
import { applyDeclaration } from "./declaration/apply-declaration.ts";
import { readDeclaration, readDeclarationSchema } from "./declaration/read-declaration.ts";
import { listDeliveries } from "./deliveries/list-deliveries.ts";
import { resendDelivery } from "./deliveries/resend-delivery.ts";
import { evaluateWindows } from "./evaluate/evaluate-windows.ts";
import {
  acknowledgeIncident,
  addIncidentNote,
  assignIncident,
  markIncident,
  reopenIncident,
  resolveIncident,
  snoozeIncident,
  undoIncident,
} from "./incidents/act-on-incident.ts";
import { getIncident } from "./incidents/get-incident.ts";
import { listIncidents } from "./incidents/list-incidents.ts";
import { createKey } from "./keys/create-key.ts";
import { listKeys } from "./keys/list-keys.ts";
import { revokeKey } from "./keys/revoke-key.ts";
import { createLabels } from "./labels/create-labels.ts";
import { createMetrics } from "./metrics/create-metrics.ts";
import { getFeatures } from "./models/get-features.ts";
import { getModel } from "./models/get-model.ts";
import { listModels } from "./models/list-models.ts";
import { putModel } from "./models/put-model.ts";
import { putVersion } from "./models/put-version.ts";
import { createMonitor } from "./monitors/create-monitor.ts";
import { deleteMonitor } from "./monitors/delete-monitor.ts";
import { getMonitor } from "./monitors/get-monitor.ts";
import { listMonitors } from "./monitors/list-monitors.ts";
import { previewMonitorRoute } from "./monitors/preview-monitor.ts";
import { promoteMonitor } from "./monitors/promote-monitor.ts";
import { putMonitor } from "./monitors/put-monitor.ts";
import { replayVerdictRoute } from "./monitors/replay-verdict.ts";
import { createPredictions } from "./predictions/create-predictions.ts";
import { getBreakdown } from "./reads/get-breakdown.ts";
import { getChanges } from "./reads/get-changes.ts";
import { getComparison } from "./reads/get-comparison.ts";
import { getDrift } from "./reads/get-drift.ts";
import { getLatency } from "./reads/get-latency.ts";
import { getPerformance } from "./reads/get-performance.ts";
import { getServing } from "./reads/get-serving.ts";
import { getSlo } from "./reads/get-slo.ts";
import { createReference } from "./references/create-reference.ts";
import { listReferences } from "./references/list-references.ts";
import { getVersionReference, putVersionReference } from "./references/version-reference.ts";
import { archiveRetrained, promoteRetrained } from "./retrainings/act-on-retraining.ts";
import { approveRetraining } from "./retrainings/approve-retraining.ts";
import { listRetrainings } from "./retrainings/list-retrainings.ts";
import { reportRetraining } from "./retrainings/report-retraining.ts";
import type { RouteDeps } from "./route-deps.ts";
import { listSessions } from "./sessions/list-sessions.ts";
import { revokeSession } from "./sessions/revoke-session.ts";
import { createSilence } from "./silences/create-silence.ts";
import { deleteSilence } from "./silences/delete-silence.ts";
import { listSilences } from "./silences/list-silences.ts";
import { previewSilence } from "./silences/preview-silence.ts";
import { createTelemetry } from "./telemetry/create-telemetry.ts";

const ROUTES = [
  ...[createPredictions, createLabels, createTelemetry, createMetrics],
  ...[listModels, getModel, putModel, putVersion, listReferences, createReference, getFeatures],
  ...[getVersionReference, putVersionReference],
  ...[getDrift, getPerformance, getLatency, getSlo, getServing, getComparison, getBreakdown, getChanges],
  evaluateWindows,
  ...[listMonitors, createMonitor, previewMonitorRoute, getMonitor, putMonitor, deleteMonitor],
  ...[replayVerdictRoute, promoteMonitor],
  ...[listIncidents, getIncident, acknowledgeIncident, resolveIncident, addIncidentNote],
  ...[undoIncident, reopenIncident, snoozeIncident, assignIncident, markIncident],
  ...[createEvents, listEvents],
  ...[listRetrainings, reportRetraining, approveRetraining, promoteRetrained, archiveRetrained],
  ...[listChannels, createChannel, getChannel, putChannel, deleteChannel, testChannel],
  ...[previewSubscription, listAttempts, resendDeadLetters, listDeliveries, resendDelivery],
  ...[listSilences, createSilence, previewSilence, deleteSilence],
  ...[readDeclaration, applyDeclaration, readDeclarationSchema],
  ...[listKeys, createKey, revokeKey],
  ...[listSessions, revokeSession],
  listAudit,
];

/** allRoutes returns the route table: every call of `/v1`, in the order they are documented. */
export function allRoutes(deps: RouteDeps): Route[] {
  return ROUTES.map((create) => create(deps));
}
