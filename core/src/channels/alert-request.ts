import type { MessageContext } from "../messages/index.ts";
import type { Incident } from "../records/index.ts";

/** AlertRequest is one request to a service with an HTTP API, ready to be sent: its body is JSON. */
export interface AlertRequest {
  url: string;
  headers: Record<string, string>;
  body: unknown;
}

/** AlertOccasion is what the requests are made from: the incident as of the transition, the message's context, and when the transition was. */
export interface AlertOccasion {
  incident: Incident;
  context: MessageContext;
  /** Epoch ms. */
  at: number;
}
