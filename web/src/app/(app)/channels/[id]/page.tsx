import { CHANNEL_KINDS } from "@leeway/core/channels";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadChannel } from "../../../../server/channels.ts";
import { now } from "../../../../server/now.ts";
import { requirePrincipal } from "../../../../server/principal.ts";
import { Link } from "../../../../ui/link.tsx";
import { PageHead } from "../../../../ui/page-head.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { StateBadge } from "../../../../ui/state-badge.tsx";
import { channelForm } from "../../../../view/channel-form.ts";
import { ChannelForm } from "../channel-form.tsx";
import { CHANNEL_STATES } from "../channel-words.ts";
import styles from "../channels.module.css";
import { PressButton } from "../press-button.tsx";
import { DeadLetters } from "./dead-letters.tsx";
import { DeliveryLog } from "./delivery-log.tsx";
import { HealthFacts } from "./health-facts.tsx";

interface PageProps {
  params: Promise<{ id: string }>;
}

export const metadata: Metadata = { title: "Channel" };

/** ChannelPage shows how a channel does, what was sent and answered, what never arrived, and changes it. */
export default async function ChannelPage({ params }: PageProps) {
  const id = decodeURIComponent((await params).id);
  const principal = await requirePrincipal();
  const found = await loadChannel(principal, id);
  if (found === undefined) notFound();
  const { channel, health, attempts, deadLetters } = found;
  const { words, badge } = CHANNEL_STATES[health.state];
  const address = `/api/channels/${encodeURIComponent(id)}`;
  const mayChange = principal.role === "admin";
  // The browser sees a key, too: the fields have no secret, the record has.
  const { fields } = channelForm(channel.kind, channel);
  return (
    <>
      <PageHead
        trail={
          <>
            <Link href="/channels">Channels</Link> / {CHANNEL_KINDS[channel.kind].label}
          </>
        }
        title={channel.name}
        badge={<StateBadge state={badge}>{words}</StateBadge>}
        sentence={health.sentence}
      />
      {mayChange && (
        <div className={styles["actions"]}>
          {channel.enabled && (
            <PressButton words="Send a test" busyWords="Sending…" method="POST" address={`${address}/test`} />
          )}
          <PressButton
            words={channel.enabled ? "Switch off" : "Switch on"}
            busyWords="Changing…"
            {...(channel.enabled ? { question: "Really notify nobody here?" } : {})}
            method="PUT"
            address={address}
            body={{ enabled: !channel.enabled }}
          />
          <PressButton
            words="Remove"
            busyWords="Removing…"
            question="Really remove it?"
            method="DELETE"
            address={address}
            then="/channels"
          />
        </div>
      )}
      <Panel id="health" title="Health">
        <HealthFacts health={health} now={now()} />
      </Panel>
      <DeadLetters
        notifications={deadLetters}
        all={health.dead_letters}
        channelId={id}
        mayChange={mayChange && channel.enabled}
        now={now()}
      />
      <DeliveryLog attempts={attempts} now={now()} />
      {mayChange && (
        <Panel id="settings" title="Settings">
          <ChannelForm key={JSON.stringify(fields)} kind={channel.kind} fields={fields} id={id} />
        </Panel>
      )}
    </>
  );
}
