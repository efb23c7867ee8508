import type { SubscriptionPreview } from "@leeway/core/channels";

const NAMED = 3;

/** subscriptionSentence says what a channel would have received, for the form that makes one. O(1). */
export function subscriptionSentence({ received, of, days }: SubscriptionPreview): string {
  if (of === 0) return `No incident fired in the last ${days} days.`;
  const names = received.slice(0, NAMED).map(({ title }) => title);
  const more = received.length - names.length;
  const which = names.length === 0 ? "" : `: ${names.join("; ")}${more === 0 ? "" : `; and ${more} more`}`;
  return `Of the ${of} incidents of the last ${days} days it would have received ${received.length}${which}.`;
}
