import Link from "next/link";
import { Age } from "../../../../ui/age.tsx";
import { DataTable } from "../../../../ui/data-table.tsx";
import { Instant } from "../../../../ui/instant.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { formatCount } from "../../../../view/format-number.ts";
import type { Comparison, SeenVersion } from "../../../../view/model-page.ts";
import { addressWith, type PageAddress } from "../../../../view/page-address.ts";
import { ComparisonView } from "./comparison-view.tsx";
import styles from "./sections.module.css";

/** VersionsPanel lists the versions that had traffic and holds the shown one against another on the same labels. */
export function VersionsPanel(props: {
  versions: SeenVersion[];
  comparison: Comparison | undefined;
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
            <Age key="last" time={seen.lastSeen} now={now} />,
            <code key="code">{seen.settings?.git_sha?.slice(0, 10) ?? "–"}</code>,
            formatCount(seen.incidents),
          ],
        }))}
      />
      {props.comparison === undefined ? (
        <p className={styles["empty"]}>
          {versions.length < 2
            ? "Versions are compared here once two of them have scored the same labelled predictions."
            : "No second version to compare with the one shown."}
        </p>
      ) : (
        <ComparisonView comparison={props.comparison} />
      )}
    </Panel>
  );
}
