import type { z } from "zod";
import type { Incident } from "../records/index.ts";

type Member<Kind extends string> = z.ZodObject<{ kind: z.ZodLiteral<Kind> }, z.core.$ZodObjectConfig>;

/** Occasion is why channels may be notified of an incident now. */
export interface Occasion {
  incident: Incident;
  /** The incident fired just now, or its cause became another one. */
  hasNewCause: boolean;
}

/** ChannelDefinition is all that differs between kinds of channels, apart from rendering and transport. */
export interface ChannelDefinition<
  Kind extends string,
  Stored extends Member<Kind> = Member<Kind>,
  Input extends Member<Kind> = Member<Kind>,
  View extends Member<Kind> = Member<Kind>,
> {
  /** What pages call the kind. */
  label: string;
  /** The channel as it is stored. */
  schema: Stored;
  /** The fields that only channels of this kind take from a person, without defaults. */
  fields: Readonly<Record<string, z.ZodType>>;
  /** The body that creates a channel. */
  inputSchema: Input;
  /** The channel as the API shows it: an allow-list, so that a field added later is hidden until it is listed. */
  viewSchema: View;
  /** Fields that nobody can read afterwards: files refer to them, and where they say nothing of one it stays as it is. */
  secrets: readonly string[];
  /** Whether requests to the receiver are signed; a channel without a secret then gets one from the server. */
  isSigned: boolean;
  /** People are reminded of an incident that goes on; a job is not. */
  audience: "people" | "job";
  /** Settings that make a valid channel. */
  example: Readonly<Record<string, unknown>>;
  /** What of a channel is shown; `isWhole` where the reader may see all but secrets. `viewSchema` leaves the rest out. */
  show(channel: z.output<Stored>, isWhole: boolean): object;
  /** Whether a channel is to be notified on this occasion. */
  concerns(channel: z.output<Stored>, occasion: Occasion): boolean;
}

/** defineChannelKind returns the definition as it is, with its types checked against each other. */
export function defineChannelKind<
  Kind extends string,
  Stored extends Member<Kind>,
  Input extends Member<Kind>,
  View extends Member<Kind>,
>(
  definition: ChannelDefinition<Kind, Stored, Input, View> & { kind: Kind },
): ChannelDefinition<Kind, Stored, Input, View> & { kind: Kind } {
  return definition;
}
