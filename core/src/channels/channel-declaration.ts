import { z } from "zod";
import { declareDuration } from "../duration/index.ts";
import type { Channel } from "./channel.ts";
import { INPUT_BASE } from "./channel-base.ts";
import { channelInputSchema, channelOf } from "./channel-input.ts";
import { CHANNEL_KINDS, type ChannelKind } from "./channel-kinds.ts";
import { rotateSecret } from "./rotate-secret.ts";

const DURATIONS: ReadonlySet<string> = new Set(["cool_down", "time_limit", "notify_after", "remind_every"]);
const SERVER_FIELDS: ReadonlySet<string> = new Set(["id", "created_at", "disabled_reason"]);
const REFERENCE = z
  .string()
  .regex(/^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/)
  .describe("the environment variable that holds it: a dollar sign and its name in braces");

/**
 * channelDeclarationSchema returns the schema of a channel in a file: what creates one, but secrets may be left out, and then stay as they are. With `takesReferences` a
 * secret may also be written as `${NAME}`, as it stands in the file before the command line has put the value in its place.
 */
export function channelDeclarationSchema(takesReferences: boolean) {
  const [first, ...others] = Object.values(CHANNEL_KINDS).map(({ inputSchema, secrets }) => {
    const shape: Record<string, z.ZodType> = { ...inputSchema.shape };
    for (const name of secrets) {
      const field = shape[name] ?? z.never();
      shape[name] = (takesReferences ? z.union([field, REFERENCE]) : field).optional();
    }
    return z.strictObject({ ...shape, kind: inputSchema.shape.kind, name: INPUT_BASE.name });
  });
  if (first === undefined) throw new Error("no kind of channel is registered");
  return z.discriminatedUnion("kind", [first, ...others]);
}

/** declaredChannel returns the channel that a declaration makes of what is stored, or the fields that are wrong. Secrets that it does not name stay as they are. */
export function declaredChannel(
  declared: Readonly<Record<string, unknown>> & { kind: ChannelKind },
  stored: Channel | undefined,
  options: { id: string; now: number; newSecret: string },
): { outcome: "wanted"; channel: Channel } | { outcome: "wrong"; error: z.ZodError } {
  const former = stored?.kind === declared.kind ? stored : undefined;
  const kept = CHANNEL_KINDS[declared.kind].secrets.flatMap((name) => {
    const value = (former as Record<string, unknown> | undefined)?.[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const parsed = channelInputSchema.safeParse({ ...Object.fromEntries(kept), ...declared });
  if (!parsed.success) return { outcome: "wrong", error: parsed.error };
  const { id, now, newSecret } = options;
  const made = channelOf(parsed.data, { id, createdAt: stored?.created_at ?? now, newSecret });
  const channel = rotateSecret(made, former, declared["previous_secret"] !== undefined);
  // Why Leeway switched it off stays known for as long as it is off.
  const isStillOff = !channel.enabled && former?.enabled === false;
  const reason = isStillOff ? former.disabled_reason : undefined;
  return {
    outcome: "wanted",
    channel: reason === undefined ? channel : { ...channel, disabled_reason: reason },
  };
}

/** declareChannel returns a stored channel as a file declares it, without its secrets. O(fields). */
export function declareChannel(channel: Channel): Record<string, unknown> {
  const { secrets } = CHANNEL_KINDS[channel.kind];
  return Object.fromEntries(
    Object.entries(channel)
      .filter(([name, value]) => value !== undefined && !SERVER_FIELDS.has(name) && !secrets.includes(name))
      .map(([name, value]) => [
        name,
        DURATIONS.has(name) && typeof value === "number" ? declareDuration(value) : value,
      ]),
  );
}
