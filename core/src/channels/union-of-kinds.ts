import { z } from "zod";
import { CHANNEL_KINDS, type ChannelKind } from "./channel-kinds.ts";

type Schemas = "schema" | "inputSchema" | "viewSchema";

/** unionOfKinds returns the schema that accepts one of the registry's schemas, told apart by their kind. */
export function unionOfKinds<Name extends Schemas>(name: Name) {
  type Member = (typeof CHANNEL_KINDS)[ChannelKind][Name];
  const [first, ...others] = Object.values(CHANNEL_KINDS).map((kind): Member => kind[name]);
  if (first === undefined) throw new Error("no kind of channel is registered");
  return z.discriminatedUnion("kind", [first, ...others]);
}
