import { type Channel, showChannel } from "../channels/index.ts";

const HIDDEN = "•••";
// A shorter text is part of too many words.
const LEAST_CHARACTERS = 6;

/**
 * channelSecrets returns the texts of a channel that nobody may read in a log: what not even an administrator is shown of it, and an address of which others are shown only
 * the origin. A kind that is added later needs nothing for this. O(fields).
 */
export function channelSecrets(channel: Channel): string[] {
  const shown = new Set(leavesOf(showChannel(channel, true)));
  const hidden = leavesOf(channel).filter((text) => !shown.has(text));
  const forAll = showChannel(channel, false);
  const isHidden = "url" in channel && !("url" in forAll && forAll.url === channel.url);
  const address = isHidden ? [channel.url] : [];
  return [...new Set([...hidden, ...address])].filter((text) => text.length >= LEAST_CHARACTERS);
}

/** withoutSecrets returns a text with every secret replaced by dots, longest first. O(length · secrets). */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .toSorted((a, b) => b.length - a.length)
    .reduce((cleaned, secret) => {
      // Within JSON a text may look different.
      const quoted = JSON.stringify(secret).slice(1, -1);
      return cleaned.replaceAll(secret, HIDDEN).replaceAll(quoted, HIDDEN);
    }, text);
}

function leavesOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
}
