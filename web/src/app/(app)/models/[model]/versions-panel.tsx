import type { ReactNode } from "react";
import { DataTable } from "../../../../ui/data-table.tsx";
import { Instant } from "../../../../ui/instant.tsx";
import { Link } from "../../../../ui/link.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import type { SeenVersion } from "../../../../view/model-page.ts";
import { formatCount } from "../../../../view/number-words.ts";
import { addressWith, type PageAddress } from "../../../../view/page-address.ts";

/** VersionsPanel lists the versions that had traffic, with the comparison of two of them below. */
export function VersionsPanel(props: {
  versions: SeenVersion[];
  comparison: ReactNode;
  path: string;
  address: PageAddress;
  now: number;
}) {
  const { versions, now } = props;
  return (
    <Panel id="versions" title="Versions">
      <DataTable
        caption="Versions with traffic"
        columns={[
          { header: "Version" },
          { header: "Environment" },
          { header: "First prediction" },
          { header: "Newest prediction" },
          { header: "Code" },
          { header: "Incidents", numeric: true },
        ]}
        rows={versions.map((seen) => ({
          key: `${seen.environment} ${seen.version}`,
          cells: [
            <Link
              key="version"
              scroll={false}
              href={addressWith(props.path, props.address, {
                version: seen.version,
                environment: seen.environment === "production" ? undefined : seen.environment,
              })}
            >
              {seen.version}
            </Link>,
            seen.settings?.stage ?? seen.environment,
            <Instant key="first" time={seen.firstSeen} now={now} />,
            <Instant key="last" time={seen.lastSeen} now={now} />,
            <code key="code">{seen.settings?.git_sha?.slice(0, 10) ?? "–"}</code>,
            formatCount(seen.incidents),
          ],
        }))}
      />
      {props.comparison}
    </Panel>
  );
}
