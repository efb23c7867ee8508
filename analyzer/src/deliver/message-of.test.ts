import { incidentMessage } from "@leeway/core/messages";
import { expect, test } from "vitest";
import { exampleChannel, exampleDelivery } from "./example-delivery.ts";
import { messageOf } from "./message-of.ts";

const note = "Keep version 1";
const delivery = exampleDelivery(exampleChannel("slack"));

function summaryOf(transition: "updated" | "resolved", resolution?: string): string {
  const state = resolution === undefined ? ("firing" as const) : ("resolved" as const);
  const incident = { ...delivery.incident, state, ...(resolution === undefined ? {} : { resolution }) };
  const sent = { ...delivery, incident, notification: { ...delivery.notification, transition, note } };
  const { incident: told, context } = messageOf(sent, "https://leeway.example");
  return incidentMessage(told, context).summary;
}

test("a note comes before what an open incident is", () => {
  expect(summaryOf("updated")).toBe(`${note}. ${delivery.incident.summary}`);
});

test("a note comes before how an incident ended, so that the verdict on a retrained version is read after the end, too", () => {
  expect(summaryOf("resolved", "Resolved: 3 healthy windows.")).toBe(`${note}. 3 healthy windows.`);
});
