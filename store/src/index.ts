export { awaitTest, type TestOutcome } from "./actions/channels/await-test.ts";
export { type ChannelChange, changeChannel } from "./actions/channels/change-channel.ts";
export { createChannel } from "./actions/channels/create-channel.ts";
export { type ChannelStanding, readChannels } from "./actions/channels/read-channels.ts";
export { type DeliveryFilter, readDeliveries } from "./actions/channels/read-deliveries.ts";
export { readSubscriptionPreview } from "./actions/channels/read-subscription-preview.ts";
export { removeChannel } from "./actions/channels/remove-channel.ts";
export { requestTest } from "./actions/channels/request-test.ts";
export { resendDeadLetters, resendDelivery } from "./actions/channels/resend-deliveries.ts";
export { switchOffChannel } from "./actions/channels/switch-off-channel.ts";
export { listChanges } from "./actions/events/list-changes.ts";
export { type EnvironmentHealth, readHealth } from "./actions/health/read-health.ts";
export { type Act, actOnIncident } from "./actions/incidents/act-on-incident.ts";
export { type IncidentLog, loadIncident, loadIncidents } from "./actions/incidents/load-incidents.ts";
export { withContext } from "./actions/incidents/with-context.ts";
export { hashApiKey, isPlausibleKey, makeApiKey } from "./actions/keys/api-key.ts";
export { createApiKey } from "./actions/keys/create-key.ts";
export { revokeApiKey } from "./actions/keys/revoke-key.ts";
export { listModelNames, readModel, readModels, requireModel } from "./actions/models/read-model.ts";
export { promoteMonitor, readBurnIns } from "./actions/monitors/promote-monitor.ts";
export { type DataQuality, readDataQuality } from "./actions/quality/read-data-quality.ts";
export {
  type ChangedReference,
  changeReference,
  previewReferenceChange,
  type ReferenceChange,
  type ReferenceUse,
} from "./actions/references/change-reference.ts";
export { takeOwnWindow } from "./actions/references/own-window.ts";
export {
  readVersionReference,
  type VersionReferenceAnswer,
} from "./actions/references/read-version-reference.ts";
export { loadReferences, referenceInUse } from "./actions/references/reference-in-use.ts";
export { actOnRetrained, type RetrainedAct } from "./actions/retrainings/act-on-retrained.ts";
export { approveRetraining } from "./actions/retrainings/approve-retraining.ts";
export { compareRetrained } from "./actions/retrainings/compare-retrained.ts";
export { revokeSession } from "./actions/sessions/revoke-session.ts";
export { createSilence } from "./actions/silences/create-silence.ts";
export { endSilence } from "./actions/silences/end-silence.ts";
export {
  readSilencePreview,
  readSilences,
  type SilenceRecord,
  type SilenceState,
} from "./actions/silences/read-silences.ts";
export {
  type AskedVerdict,
  replayStoredVerdict,
  type StoredReplay,
} from "./actions/verdicts/replay-stored-verdict.ts";
export type { ActiveHour, Activity, VersionActivity } from "./activity/activity.ts";
export type { Arrivals, ClosedHours } from "./activity/arrivals.ts";
export type { ModelOutputs } from "./activity/outputs.ts";
export type { ChangeEventFilter } from "./change-events/change-events.ts";
export type { NewestChanges } from "./changes/newest-changes.ts";
export { createStore, type Store, type StoreOptions } from "./create-store.ts";
export type { Deliveries } from "./deliveries/deliveries.ts";
export type { EvaluationFilter, Evaluations, StoredVerdict } from "./evaluations/evaluations.ts";
export type { UnfoldedVerdict } from "./evaluations/folded-verdicts.ts";
export type { DrawnVerdict, EvaluationOutline } from "./evaluations/outlines.ts";
export type { EvaluationProgress } from "./evaluations/progress.ts";
export type { RecentSubject } from "./evaluations/recent-verdicts.ts";
export type { ClassArrivalsByAge } from "./labels/class-arrivals.ts";
export type { ArrivalWindow, LabelFilter, Labels, NewestLabels } from "./labels/labels.ts";
export type { ValueArrivalsByAge } from "./labels/value-arrivals.ts";
export type { ProjectStore } from "./of-project.ts";
export type { AggregateWindow } from "./performance/aggregate-row.ts";
export type { UploadSample, VersionSample } from "./performance/loss-rows.ts";
export type { OutputStrata } from "./performance/output-strata.ts";
export type { PairedFilter } from "./performance/paired-windows.ts";
export type { Performance } from "./performance/performance.ts";
export type { PerformanceFilter } from "./performance/performance-filter.ts";
export type { NumericCuts, SegmentLosses } from "./performance/segment-losses.ts";
export type { ScoreWindow } from "./performance/unlabelled-scores.ts";
export type { ProfileFilter } from "./profiles/load-profiles.ts";
export type { ProfileScope, Profiles } from "./profiles/profiles.ts";
export type { SampleQuery } from "./profiles/row-samples.ts";
export type { VersionScope } from "./profiles/row-source.ts";
export type { SourceQuery, SourceWindow } from "./profiles/window-sources.ts";
export type { RecordChange } from "./records/put-together.ts";
export type { RecordRevision, Records } from "./records/records.ts";
export type { References, UploadedReference, WindowChoice } from "./references/references.ts";
export type { Upload } from "./references/upload.ts";
export {
  type UploadFormat,
  type UploadMapping,
  uploadFormatSchema,
  uploadMappingSchema,
} from "./references/upload-mapping.ts";
export type { Serving, ServingFilter } from "./serving/serving.ts";
export type { ServingSubject } from "./serving/serving-of-many.ts";
export type { ServingWindow } from "./serving/serving-window.ts";
export type { Storage } from "./system/read-storage.ts";
export type { TelemetryFilter, TelemetryPoint, TelemetryReads } from "./telemetry/telemetry.ts";
export type { RefusalCount } from "./writes/evidence/read-evidence.ts";
export * from "./writes/index.ts";
