import type { Incident } from "@leeway/core/records";
import { expect, it } from "vitest";
import { previewSentence } from "./silence-preview.ts";

const titled = (...titles: string[]) => titles.map((title) => ({ title }) as Incident);

it.each([
  [[], [], "No open incident matches. None of the last 30 days would have been silenced."],
  [["a"], [], "one open incident matches: a. None of the last 30 days would have been silenced."],
  [
    ["a", "b"],
    ["c"],
    "2 open incidents match: a; b. In the last 30 days it would have silenced one incident: c.",
  ],
  [
    [],
    ["a", "b", "c", "d", "e"],
    "No open incident matches. In the last 30 days it would have silenced 5 incidents: a; b; c; and 2 more.",
  ],
])("%o open and %o past: %s", (open, past, sentence) => {
  expect(previewSentence({ open: titled(...open), past: titled(...past), days: 30 }).toLowerCase()).toBe(
    sentence.toLowerCase(),
  );
});
