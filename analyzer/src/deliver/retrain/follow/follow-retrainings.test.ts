import type { Incident, Notification, Retraining, RetrainingVerdict } from "@leeway/core/records";
import { expect, test } from "vitest";
import { exampleChannel } from "../../example-delivery.ts";
import { exampleIncident } from "../../example-incident.ts";
import type { PolledRun } from "../poll-run.ts";
import { createRetrainingFollower } from "./follow-retrainings.ts";

const DAY = 86_400_000;
const run = (changes: Partial<Retraining> = {}): Retraining => ({
  ...{
    id: "run",
    incident_id: "incident-1",
    model: "flight-delays",
    version: "1",
    channel_id: "channel-retrain",
  },
  ...{ status: "running", run_id: "x", requested_at: 0, updated_at: 0, asked_at: 0, ...changes },
});
const verdict = (said: RetrainingVerdict["verdict"]): RetrainingVerdict => ({
  ...{ verdict: said, sentence: `It is ${said}.`, labels: 1, more_labels: 0, from: 0, to: 1, at: 1 },
});

function world(given: {
  run: Retraining;
  rules?: { auto_promote?: boolean; auto_archive?: boolean };
  incident?: Partial<Incident>;
  slack?: object;
  notifications?: Notification[];
}) {
  const state = {
    run: given.run,
    now: 1_000,
    polled: { outcome: "answered", status: "running" } as PolledRun,
    verdict: undefined as RetrainingVerdict | undefined,
    sent: [] as Notification[],
    acts: [] as string[],
    problems: [] as string[],
  };
  const look = createRetrainingFollower({
    retrainings: async () => [state.run],
    context: async () => ({
      channels: [exampleChannel("slack", given.slack), exampleChannel("retrain", given.rules ?? {})],
      silences: [],
      notifications: given.notifications ?? [],
      incidents: [exampleIncident(given.incident ?? {})],
    }),
    poll: async () => state.polled,
    compare: async () => state.verdict,
    act: async (_run, action) => void state.acts.push(action),
    save: async (_before, changed, rows) => {
      state.run = changed;
      state.sent.push(...rows);
    },
    onProblem: (where) => void state.problems.push(where),
    now: () => state.now,
    everyMs: 10,
  });
  return { state, look };
}

test("a run that never reports times out once, and people are notified", async () => {
  const { state, look } = world({ run: run({ run_id: undefined }) });
  state.now = DAY - 1;
  await look();
  expect(state.run.status).toBe("running");
  state.now = DAY;
  await look();
  await look();
  expect(state.run.status).toBe("timed_out");
  expect(state.sent).toMatchObject([
    { channel_id: "channel-slack", transition: "updated", note: expect.stringContaining("has not reported") },
  ]);
});

test("a channel that waits for an acknowledgement follows a run only once it was notified", async () => {
  const slack = { notify_after: 900_000 };
  const escalated: Notification = {
    ...{ id: "n", incident_id: exampleIncident({}).id, channel_id: "channel-slack", transition: "fired" },
    ...{ status: "sent", attempts: 1, created_at: 0 },
  };
  const sentTo = async (notifications: Notification[]) => {
    const { state, look } = world({ run: run({ run_id: undefined }), slack, notifications });
    state.now = DAY;
    await look();
    return state.sent.length;
  };
  expect([await sentTo([]), await sentTo([escalated])]).toEqual([0, 1]);
});

test("a run whose target says that it failed has failed, and people are notified", async () => {
  const { state, look } = world({ run: run() });
  state.polled = { outcome: "answered", status: "failed", message: "the run ended as FAILED" };
  await look();
  expect(state.run).toMatchObject({ status: "failed", message: "the run ended as FAILED" });
  expect(state.sent).toHaveLength(1);
});

test("a target that does not answer changes nothing, and is asked again after a while only", async () => {
  const { state, look } = world({ run: run() });
  state.polled = { outcome: "unanswered", reason: "no answer" };
  await look();
  state.polled = { outcome: "answered", status: "succeeded" };
  await look();
  expect(state.run.status).toBe("running");
  state.now += 10;
  await look();
  expect(state.run.status).toBe("succeeded");
  expect(state.sent).toEqual([]);
});

test("a new version waits, then is worse: each is said once, and the rule archives it", async () => {
  const { state, look } = world({
    run: run({ status: "succeeded", new_version: "2" }),
    rules: { auto_archive: true, auto_promote: true },
  });
  for (const said of [undefined, "wait", "wait", "worse", "worse"] as const) {
    state.verdict = said && verdict(said);
    await look();
    state.now += 10;
  }
  expect(state.sent.map(({ note }) => note)).toEqual(["It is wait.", "It is worse."]);
  expect(state.run.verdict?.verdict).toBe("worse");
  expect(state.acts).toEqual(["archive"]);
});

test.each([
  [{ auto_promote: true }, ["promote"]],
  [{}, []],
])("a better version with the rule %o is acted on: %o", async (rules, acts) => {
  const { state, look } = world({ run: run({ status: "succeeded", new_version: "2" }), rules });
  state.verdict = verdict("promote");
  await look();
  expect(state.acts).toEqual(acts);
  expect(state.sent).toHaveLength(1);
});

test("a new version without a common label is not spoken of", async () => {
  const { state, look } = world({ run: run({ status: "succeeded", new_version: "2" }) });
  state.verdict = { ...verdict("wait"), labels: 0 };
  await look();
  expect([state.run.verdict, state.sent]).toEqual([undefined, []]);
});

test("the verdict on an incident that is over leaves it over in the channel", async () => {
  const over = { incident: { state: "resolved", resolved_at: 5 } as const };
  const { state, look } = world({ run: run({ status: "succeeded", new_version: "2" }), ...over });
  state.verdict = verdict("promote");
  await look();
  expect(state.sent).toMatchObject([{ transition: "resolved" }]);
});
