export type { AlertOccasion, AlertRequest } from "./alert-request.ts";
export { type Channel, channelSchema } from "./channel.ts";
export { channelDeclarationSchema, declareChannel, declaredChannel } from "./channel-declaration.ts";
export { CHANNEL_FIELDS, type ChannelInput, channelInputSchema, channelOf } from "./channel-input.ts";
export { CHANNEL_KINDS, type ChannelKind, type ChannelOf } from "./channel-kinds.ts";
export { concernsChannel, remindsChannel } from "./concerns-channel.ts";
export { type Duty, heldUntil, standbyReason, waitsSince } from "./duty.ts";
export { newSecret } from "./new-secret.ts";
export { rotateSecret } from "./rotate-secret.ts";
export { type ChannelView, channelViewSchema, showChannel } from "./show-channel.ts";
export {
  decideSubscription,
  hasReached,
  previewSubscription,
  type Subscription,
  type SubscriptionDecision,
  type SubscriptionPreview,
  subscriptionSchema,
} from "./subscription.ts";
