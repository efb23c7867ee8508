import { CHANNEL_KINDS, type ChannelKind } from "@leeway/core/channels";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requirePrincipal } from "../../../../server/principal.ts";
import { Link } from "../../../../ui/link.tsx";
import { PageHead } from "../../../../ui/page-head.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { channelForm } from "../../../../view/channel-form.ts";
import { readAddress } from "../../../../view/page-address.ts";
import { ChannelForm } from "../channel-form.tsx";
import styles from "../channels.module.css";

export const metadata: Metadata = { title: "New channel" };

const KINDS = Object.keys(CHANNEL_KINDS) as ChannelKind[];

/** NewChannelPage makes a channel: the address says of which kind. */
export default async function NewChannelPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const principal = await requirePrincipal();
  if (principal.role !== "admin") notFound();
  const address = readAddress(await props.searchParams, ["kind"]);
  const kind = KINDS.find((one) => one === address["kind"]) ?? "slack";
  const { label, fields } = channelForm(kind);
  return (
    <>
      <PageHead trail={<Link href="/channels">Channels</Link>} title="New channel" />
      <nav aria-label="Kinds of channels">
        <ul className={styles["kinds"]}>
          {KINDS.map((one) => (
            <li key={one}>
              <Link href={`/channels/new?kind=${one}`} aria-current={one === kind ? "page" : undefined}>
                {CHANNEL_KINDS[one].label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Panel id="settings" title={label}>
        <ChannelForm key={kind} kind={kind} fields={fields} />
      </Panel>
    </>
  );
}
