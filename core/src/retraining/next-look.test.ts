import { expect, test } from "vitest";
import type { Retraining } from "../records/index.ts";
import { type NextLook, nextLook } from "./next-look.ts";

const run = (status: Retraining["status"], changes: Partial<Retraining> = {}): Retraining => ({
  ...{ id: "r", incident_id: "i", model: "m", version: "1", channel_id: "c", status },
  ...{ requested_at: 0, updated_at: 100, asked_at: 100, ...changes },
});
const verdict = (said: "promote" | "wait" | "worse") =>
  ({ verdict: said, sentence: "", labels: 1, more_labels: 0, from: 0, to: 1, at: 1 }) as const;
const promoted = { action: "promote", by: "ana", at: 1 } as const;

test.each<[string, Retraining, number | undefined, NextLook]>([
  ["a run whose target can be asked", run("requested", { run_id: "x" }), undefined, "poll"],
  ["a run that was asked about just now", run("running", { run_id: "x" }), 995, "nothing"],
  ["a run that was asked about a while ago", run("running", { run_id: "x" }), 990, "poll"],
  ["a run whose target names none", run("running"), undefined, "nothing"],
  ["a run over its time limit", run("running", { run_id: "x", asked_at: 0 }), undefined, "give_up"],
  ["a run over its limit that never began", run("requested", { asked_at: 0 }), 999, "give_up"],
  ["a new version", run("succeeded", { new_version: "2" }), undefined, "compare"],
  [
    "a new version that waits",
    run("succeeded", { new_version: "2", verdict: verdict("wait") }),
    990,
    "compare",
  ],
  ["a better one", run("succeeded", { new_version: "2", verdict: verdict("promote") }), 0, "nothing"],
  ["a worse one", run("succeeded", { new_version: "2", verdict: verdict("worse") }), 0, "nothing"],
  ["one that a person promoted", run("succeeded", { new_version: "2", acted: promoted }), 0, "nothing"],
  ["a success without a version", run("succeeded"), undefined, "nothing"],
  ["a run that waits for approval", run("awaiting_approval", { asked_at: 0 }), undefined, "nothing"],
  ["a run that was refused", run("refused", { asked_at: 0 }), undefined, "nothing"],
  ["a run that failed", run("failed", { run_id: "x", asked_at: 0 }), undefined, "nothing"],
  ["a run that was given up", run("timed_out", { run_id: "x", asked_at: 0 }), undefined, "nothing"],
])("of %s", (_, given, lookedAt, expected) => {
  expect(nextLook(given, { now: 1_000, lookedAt, everyMs: 10, timeLimitMs: 1_000 })).toBe(expected);
});
