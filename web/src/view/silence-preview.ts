import type { SilencePreview } from "@leeway/core/silences";

const NAMED = 3;

/** previewSentence says what a silence would keep back, for the form that makes one. */
export function previewSentence({ open, past, days }: SilencePreview): string {
  const now =
    open.length === 0
      ? "No open incident matches."
      : `${count(open.length, "open incident")} ${open.length === 1 ? "matches" : "match"}: ${names(open)}.`;
  const before =
    past.length === 0
      ? `None of the last ${days} days would have been silenced.`
      : `In the last ${days} days it would have silenced ${count(past.length, "incident")}: ${names(past)}.`;
  return `${now} ${before}`;
}

function names(incidents: SilencePreview["open"]): string {
  const named = incidents.slice(0, NAMED).map(({ title }) => title);
  const more = incidents.length - named.length;
  return more === 0 ? named.join("; ") : `${named.join("; ")}; and ${more} more`;
}

function count(amount: number, noun: string): string {
  return amount === 1 ? `one ${noun}` : `${amount} ${noun}s`;
}
