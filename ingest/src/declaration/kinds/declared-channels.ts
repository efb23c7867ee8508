import {
  CHANNEL_KINDS,
  type Channel,
  type channelDeclarationSchema,
  declareChannel,
  declaredChannel,
} from "@leeway/core/channels";
import type { z } from "zod";
import type { DeclaredKind } from "../declared-kind.ts";

/** declaredChannels are channels, those that start a retraining included. A secret that the file does not name stays as it is. */
export const declaredChannels: DeclaredKind<
  z.output<ReturnType<typeof channelDeclarationSchema>>,
  Channel
> = {
  record: "channel",
  wanted(id, declared, stored, { now, newSecret }) {
    const made = declaredChannel(declared, stored, { id, now, newSecret: newSecret() });
    if (made.outcome === "wanted") return { outcome: "wanted", record: made.channel };
    const problems = made.error.issues.map(({ path, message }) => ({
      path: path.map(String).join("."),
      message,
    }));
    return { outcome: "wrong", problems };
  },
  declare: declareChannel,
  isDeclarable: () => true,
  prune: () => "removed",
  secretsOf: ({ kind }) => CHANNEL_KINDS[kind].secrets,
};
