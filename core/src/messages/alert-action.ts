import type { Incident, Notification } from "../records/index.ts";

/** AlertAction is what an on-call service is asked to do with the alert of an incident. */
export type AlertAction = "trigger" | "acknowledge" | "resolve";

/**
 * alertAction returns what a transition of an incident means to an on-call service. Triggering again brings an open alert up to date; an acknowledged
 * incident stays acknowledged there. O(1).
 */
export function alertAction(
  incident: Pick<Incident, "state">,
  transition: Notification["transition"],
): AlertAction {
  switch (transition) {
    case "fired":
    case "test":
      return "trigger";
    case "updated":
      return incident.state === "acknowledged" ? "acknowledge" : "trigger";
    case "resolved":
      return "resolve";
    default:
      return transition satisfies never;
  }
}

/** alertActions returns the actions of a message: the transition's one, and for a test also that the alert is closed again. O(1). */
export function alertActions(
  incident: Pick<Incident, "state">,
  transition: Notification["transition"],
): readonly AlertAction[] {
  return transition === "test" ? ["trigger", "resolve"] : [alertAction(incident, transition)];
}
