/** IncidentPolicy says how long things must hold before an incident changes, both ways. */
export interface IncidentPolicy {
  /** Event time an alarm must have lasted before people are notified; 0: at once (verdicts already ask for consecutive windows). */
  pendingMs: number;
  /** Healthy windows in a row, after the last failing one, that resolve an incident. */
  healthyWindows: number;
  /** Event time, after the last failing window, for which its windows must have been healthy, too. */
  healthyMs: number;
  /** An incident that comes back within this event time flaps: it resolves only after it was healthy for as long. */
  dampingMs: number;
  /** An alarm within this event time after an incident resolved reopens it. */
  reopenMs: number;
  /** People are notified again of a firing incident that nobody acknowledged after this much real time. */
  repeatMs: number;
  /** Evaluations kept on the incident, newest; all are counted. */
  keptEvaluations: number;
}

/** DEFAULT_INCIDENT_POLICY tells at once, resolves after three healthy windows, and reminds once a day. */
export const DEFAULT_INCIDENT_POLICY: IncidentPolicy = {
  pendingMs: 0,
  healthyWindows: 3,
  healthyMs: 0,
  dampingMs: 12 * 3_600_000,
  reopenMs: 7 * 86_400_000,
  repeatMs: 86_400_000,
  keptEvaluations: 50,
};
