import { expect, test } from "vitest";
import { judgeRecipients, missingRecipients } from "./judge-recipients.ts";

const TO = ["ada@example.com", "bob@example.com", "eve@example.com"];
const busy = { recipient: "bob@example.com", code: 450, response: "450 greylisted" };
const unknown = { recipient: "eve@example.com", code: 550, response: "550 no such user" };

test("a mail that one server puts off for one of three is tried again for that one only", () => {
  const first = judgeRecipients(TO, undefined, {
    ...{ messageId: "<1>", accepted: ["ada@example.com", "eve@example.com"], refusals: [busy] },
  });
  expect(first).toMatchObject({
    outcome: "retry",
    concerns: "message",
    reason: expect.stringContaining("bob"),
  });
  const receipt = "receipt" in first ? first.receipt : undefined;
  expect(missingRecipients(TO, receipt)).toEqual(["bob@example.com"]);
  expect(
    judgeRecipients(TO, receipt, { messageId: "<1>", accepted: ["bob@example.com"], refusals: [] }),
  ).toEqual({ outcome: "sent", receipt: { message_id: "<1>", delivered: TO.join(" ") } });
});

test("a mail that somebody will never get does not count as sent, and names who", () => {
  const result = judgeRecipients(TO, undefined, {
    ...{ messageId: "<1>", accepted: ["ada@example.com", "bob@example.com"], refusals: [unknown] },
  });
  expect(result).toMatchObject({
    outcome: "refused",
    reason: "eve@example.com: the mail server answered 550 no such user",
    receipt: { delivered: "ada@example.com bob@example.com" },
  });
});

test("as long as anybody may still get it, it is tried again", () => {
  const answers = { messageId: "<1>", accepted: [], refusals: [busy, unknown] };
  expect(judgeRecipients(TO, undefined, answers).outcome).toBe("retry");
});
