import { expect, it } from "vitest";
import type { Retraining } from "../records/index.ts";
import { allowedRetrainingActions } from "./allowed-retraining-actions.ts";

it.each<[Partial<Retraining>, string[]]>([
  [{ status: "awaiting_approval", notification_id: "n" }, ["approve"]],
  [{ status: "awaiting_approval" }, []],
  [{ status: "requested" }, []],
  [{ status: "running" }, []],
  [{ status: "failed", new_version: "2" }, []],
  [{ status: "refused" }, []],
  [{ status: "succeeded" }, []],
  [{ status: "succeeded", new_version: "2" }, ["promote", "archive"]],
  [{ status: "succeeded", new_version: "2", acted: { action: "archive", by: "ada", at: 1 } }, []],
])("%o: %o", (run, actions) => {
  expect(allowedRetrainingActions(run as Retraining)).toEqual(actions);
});
