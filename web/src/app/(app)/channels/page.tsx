import { CHANNEL_KINDS, type ChannelKind } from "@leeway/core/channels";
import type { ChannelHealth } from "@leeway/core/delivery";
import type { Metadata } from "next";
import { loadChannels } from "../../../server/channels.ts";
import { requirePrincipal } from "../../../server/principal.ts";
import { EmptyList } from "../../../ui/empty-list.tsx";
import { Link } from "../../../ui/link.tsx";
import { PageHead } from "../../../ui/page-head.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { StateBadge } from "../../../ui/state-badge.tsx";
import { CHANNEL_STATES } from "./channel-words.ts";
import styles from "./channels.module.css";

export const metadata: Metadata = { title: "Channels" };

/** ChannelsPage lists where people and jobs are notified, and how each channel does. */
export default async function ChannelsPage() {
  const principal = await requirePrincipal();
  const standings = await loadChannels(principal);
  return (
    <>
      <PageHead
        title="Channels"
        sentence="Where people are notified of incidents, and jobs are started. Each channel says how it does."
      />
      {standings.length === 0 ? (
        <EmptyList>There is no channel yet, so nobody is notified. Add one below.</EmptyList>
      ) : (
        <ul className={styles["list"]}>
          {standings.map(({ channel, health }) => (
            <li key={channel.id} className={styles["channel"]}>
              <div className={styles["head"]}>
                <h2 className={styles["name"]}>
                  <Link href={`/channels/${encodeURIComponent(channel.id)}`}>{channel.name}</Link>
                </h2>
                <span className={styles["kind"]}>{CHANNEL_KINDS[channel.kind].label}</span>
                <StateBadge state={CHANNEL_STATES[health.state].badge}>
                  {CHANNEL_STATES[health.state].words}
                </StateBadge>
              </div>
              <p className={styles["facts"]}>{health.sentence}</p>
              <p className={styles["facts"]}>{countWords(health)}</p>
            </li>
          ))}
        </ul>
      )}
      {principal.role === "admin" && (
        <Panel id="new-channel" title="New channel">
          <ul className={styles["kinds"]}>
            {(Object.keys(CHANNEL_KINDS) as ChannelKind[]).map((kind) => (
              <li key={kind}>
                <Link href={`/channels/new?kind=${kind}`}>{CHANNEL_KINDS[kind].label}</Link>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function countWords({ attempts_last_day, failures_last_day, queued, dead_letters }: ChannelHealth): string {
  return [
    `${attempts_last_day} attempts in the last day, ${failures_last_day} failed`,
    ...(queued === 0 ? [] : [`${queued} waiting`]),
    ...(dead_letters === 0 ? [] : [`${dead_letters} never arrived`]),
  ].join(" · ");
}
