export { type AlertAction, alertAction, alertActions } from "./alert-action.ts";
export { alertSeverity } from "./alert-severity.ts";
export { type Distribution, drawBars } from "./draw-bars.ts";
export { escapeHtml, escapeSlack, oneLine, truncate } from "./escape-text.ts";
export {
  CHANGES_HEADING,
  type IncidentMessage,
  incidentLink,
  incidentMessage,
  type MessageContext,
  type MessageFeature,
} from "./incident-message.ts";
export { incidentPayload, type WebhookPayload } from "./incident-payload.ts";
