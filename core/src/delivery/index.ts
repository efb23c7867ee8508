export {
  type ChannelHealth,
  type ChannelTally,
  channelHealth,
  channelHealthSchema,
} from "./channel-health.ts";
export { channelSecrets, withoutSecrets } from "./channel-secrets.ts";
export { type AttemptResult, type Circuit, CLOSED_CIRCUIT, circuitAfter, stepCircuit } from "./circuit.ts";
export { decideResend } from "./decide-resend.ts";
export { type DeliveryAttempt, deliveryAttemptSchema } from "./delivery-attempt.ts";
export { requestText, type SentRequest } from "./sent-request.ts";
