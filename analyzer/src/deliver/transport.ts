import type { Channel, ChannelKind, ChannelOf } from "@leeway/core/channels";
import type { SentRequest } from "@leeway/core/delivery";
import type { Incident, Notification } from "@leeway/core/records";
import type { DeliveryResult } from "./retry/delivery-result.ts";

/** Delivery is one notification on its way to one channel. */
export interface Delivery<C extends Channel = Channel> {
  notification: Notification;
  channel: C;
  incident: Incident;
  /** The first notification of this incident that this channel was sent: what later ones reply to. */
  head?: Notification;
  /** An attempt began before whose end is not known, or failed: the receiver may have it. */
  mayHaveArrived: boolean;
  /** Takes what is about to be sent, for the log: the caller removes secrets. */
  noteRequest(request: SentRequest): void;
}

/**
 * Transport tells one kind of receiver. It never throws for a receiver's failure, never records anything itself, and gives the receiver the
 * notification's id, which is the same on every attempt, so that a repeated delivery can be recognised.
 */
export interface Transport<K extends ChannelKind> {
  kind: K;
  /** The shortest time between two messages to one channel, where its receiver has a limit. */
  paceMs?: number;
  /** Whether the receiver can be asked if a message arrived; the beginning of each attempt is recorded then. */
  canLook?: boolean;
  send(delivery: Delivery<ChannelOf<K>>): Promise<DeliveryResult>;
}

/** Transports holds the transport of every kind of channel. */
export type Transports = { [K in ChannelKind]: Transport<K> };
