import { Link } from "../../../../ui/link.tsx";
import type { SeenVersion } from "../../../../view/model-page.ts";
import { addressWith, type PageAddress } from "../../../../view/page-address.ts";
import { versionLabel } from "../../../../view/version-label.ts";
import styles from "./controls.module.css";

/** VersionPicker chooses the version that the charts show. */
export function VersionPicker(props: {
  path: string;
  address: PageAddress;
  versions: SeenVersion[];
  current: SeenVersion | undefined;
}) {
  if (props.versions.length < 2) return null;
  return (
    <div className={styles["group"]}>
      <nav className={styles["segments"]} aria-label="Version">
        {props.versions.map((seen) => {
          const { version, environment } = seen;
          const isCurrent = props.current?.version === version && props.current.environment === environment;
          return (
            <Link
              key={`${environment} ${version}`}
              href={addressWith(props.path, props.address, {
                version,
                environment: environment === "production" ? undefined : environment,
                feature: undefined,
                start: undefined,
              })}
              scroll={false}
              className={styles["segment"]}
              {...(isCurrent ? { "aria-current": "true" as const } : {})}
            >
              {versionLabel(seen, props.versions)}
            </Link>
          );
        })}
      </nav>
    </div>
  );
}
