import type { ChannelHealth } from "@leeway/core/delivery";
import type { BadgeState } from "../../../view/model-state.ts";

/** CHANNEL_STATES says the state of a channel in a word, with the badge that looks like it. */
export const CHANNEL_STATES: Readonly<Record<ChannelHealth["state"], { words: string; badge: BadgeState }>> =
  {
    healthy: { words: "Healthy", badge: "healthy" },
    failing: { words: "Failing", badge: "firing" },
    paused: { words: "Left alone", badge: "acknowledged" },
    untried: { words: "Untried", badge: "no_traffic" },
    off: { words: "Off", badge: "resolved" },
  };
