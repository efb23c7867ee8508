import type { Channel } from "@leeway/core/channels";
import type { Incident, Notification } from "@leeway/core/records";
import { exampleIncident } from "./example-incident.ts";

/** testIncident returns what the message that tries a channel out tells of: it says that it is a test in its first word, and that nothing is wrong. */
export function testIncident({ id }: Pick<Notification, "id">, { name }: Pick<Channel, "name">): Incident {
  return exampleIncident({
    // An on-call service gets an alert of its own for each test.
    id,
    severity: "notice",
    title: `TEST of the channel ${name}`,
    summary: "TEST: somebody tries this channel out. Nothing is wrong, and nothing has to be done.",
    next_steps: [],
  });
}
