import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CHANNEL_FIELDS,
  channelInputSchema,
  newSecret,
  type Subscription,
  type SubscriptionPreview,
} from "@leeway/core/channels";
import type { DeliveryAttempt } from "@leeway/core/delivery";
import { putInput, putSchema } from "@leeway/core/input";
import type { Notification } from "@leeway/core/records";
import {
  awaitTest,
  type ChannelStanding,
  changeChannel,
  createChannel,
  readChannels,
  readDeliveries,
  readSubscriptionPreview,
  removeChannel,
  requestTest,
  resendDeadLetters,
  resendDelivery,
  type TestOutcome,
} from "@leeway/store";
import { requireAdmin } from "./act-on-incident.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

const REFUSAL = "Your role may look at channels but not change them.";
const SHOWN_ATTEMPTS = 30;
const SHOWN_DEAD_LETTERS = 50;

/** channelBodySchema is what a form says of a channel: only fields that a channel may have. */
export const channelBodySchema = putSchema(CHANNEL_FIELDS, []);

/** ChannelPage is what the page of a channel shows. */
export interface ChannelPage extends ChannelStanding {
  attempts: DeliveryAttempt[];
  deadLetters: Notification[];
}

/** loadChannels returns the channels of the person's project and how each does. */
export function loadChannels({ project }: Principal): Promise<ChannelStanding[]> {
  const { store, now } = server();
  return readChannels(store, project, now());
}

/** loadChannel returns one channel with its log and its dead letters; undefined where there is none. */
export async function loadChannel({ project }: Principal, id: string): Promise<ChannelPage | undefined> {
  const { store, now } = server();
  const [standings, attempts, { deliveries }] = await Promise.all([
    readChannels(store, project, now()),
    store.deliveries.ofChannel(project, id, { before: now() + 1, limit: SHOWN_ATTEMPTS }),
    readDeliveries(store, project, { channelId: id, status: "failed", limit: SHOWN_DEAD_LETTERS }),
  ]);
  const standing = standings.find(({ channel }) => channel.id === id);
  return standing && { ...standing, attempts, deadLetters: deliveries };
}

/** previewSubscriptionAs returns what a channel that subscribes so would have received in the person's project. */
export function previewSubscriptionAs(
  { project }: Principal,
  subscription: Subscription,
): Promise<SubscriptionPreview> {
  const { store, now } = server();
  return readSubscriptionPreview(store, project, subscription, now());
}

type ChannelBody = Readonly<Record<string, unknown>>;

/** createChannelAs makes a channel in the name of a signed-in administrator, and returns its id and the secret that was made for it, if any. */
export async function createChannelAs(
  principal: Principal,
  body: ChannelBody,
): Promise<{ id: string; secret?: string }> {
  requireAdmin(principal, REFUSAL);
  const { store, now, random } = server();
  const id = `channel_${random(12).toString("hex")}`;
  const { madeSecret } = await createChannel(store, principal.project, {
    input: putInput(channelInputSchema, [], undefined, body),
    ...{ id, actor: principal.email, now: now(), newSecret: newSecret(random) },
  });
  return { id, ...(madeSecret === undefined ? {} : { secret: madeSecret }) };
}

/** changeChannelAs changes a channel in the name of a signed-in administrator; what `body` does not name stays. */
export async function changeChannelAs(principal: Principal, id: string, body: ChannelBody): Promise<void> {
  requireAdmin(principal, REFUSAL);
  const { store, now, random } = server();
  await changeChannel(store, principal.project, {
    ...{ id, body, actor: principal.email, now: now(), newSecret: newSecret(random) },
  });
}

/** removeChannelAs removes a channel in the name of a signed-in administrator. */
export async function removeChannelAs(principal: Principal, id: string): Promise<void> {
  requireAdmin(principal, REFUSAL);
  await removeChannel(server().store, principal.project, { id, actor: principal.email });
}

/** testChannelAs sends a test through a channel and waits for what becomes of it. */
export async function testChannelAs(principal: Principal, channelId: string): Promise<TestOutcome> {
  requireAdmin(principal, REFUSAL);
  const { store, now, random } = server();
  const { project, email: actor } = principal;
  const id = `test_${random(12).toString("hex")}`;
  const test = await requestTest(store, project, { id, channelId, actor, now: now() });
  return awaitTest(store, project, { test, now, sleep });
}

/** resendAs sends one dead letter, or all of a channel, once more, and returns how many. */
export async function resendAs(
  principal: Principal,
  what: { delivery: string } | { channel: string },
): Promise<number> {
  requireAdmin(principal, REFUSAL);
  const { store, now } = server();
  const by = { actor: principal.email, now: now() };
  if ("delivery" in what) {
    await resendDelivery(store, principal.project, { id: what.delivery, ...by });
    return 1;
  }
  return (await resendDeadLetters(store, principal.project, { channelId: what.channel, ...by })).length;
}
